"""The power is cut while the centre makes its keys and takes a page: what it answered for is there afterwards."""

import sys
from pathlib import Path
from random import Random

from central.documents import PageFolder
from central.seal_keys import SealKeys
from tests.campaign.recorded_disk import Disk, calls_in
from tests.campaign.recorder import record

_AT_WORK = """
import hashlib, os, sys
from pathlib import Path
from central.documents import PageFolder
from central.seal_keys import SealKeys
data, page = Path(sys.argv[1]), b"a page as a kiosk sends it"
keys = SealKeys(data / "seal-keys")
os.write(1, f"offered {keys.offer().key.hex()}".encode())
PageFolder(data / "documents" / "el-kef", keys).put(hashlib.sha256(page).hexdigest(), page)
os.write(1, f"took {hashlib.sha256(page).hexdigest()}".encode())
"""


def test_no_key_kiosks_seal_to_and_no_page_taken_is_lost(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "strace"
    data.mkdir()
    record([sys.executable, "-c", _AT_WORK, str(data)], log)
    disk, chance, said = Disk(data), Random(26), dict[str, str]()  # noqa: S311  repeatable is what it must be
    cuts = 0
    for call in calls_in(log):
        disk.do(call)
        if call.name == "say":
            verb, _, what = call.data.decode().partition(" ")
            said[verb] = what
        for _ in range(4 if (said and call.path.startswith(str(data))) or call.name == "say" else 0):
            left = tmp_path / f"left-{cuts}"
            left.mkdir()
            disk.cut(chance, left)
            cuts += 1
            keys = SealKeys(left / "seal-keys")
            assert said["offered"] in {each.seal.public.hex() for each in keys.numbers().values()}
            if "took" in said:
                assert PageFolder(left / "documents" / "el-kef", keys).has(said["took"])
    assert cuts > 20
