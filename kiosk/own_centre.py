"""A centre of one's own, beside the kiosk on this machine: for a first look, for training, and for the self-test."""

import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Self

from kiosk.services.enrolment import Enrolment, EnrolmentFault
from kiosk.store.key_file import KeyFile
from sync.transport import CentralUnreachable, HttpTransport, KeyUnknown

_READY = re.compile(r"centre (http://\S+)")


class CentreFault(Exception):
    """The centre did not start; the words are its own."""


class OwnCentre:
    """A `python -m central serve` of our own on 127.0.0.1, ended with `close`."""

    def __init__(self, data: Path, *, port: int = 0) -> None:
        """Starts it and waits until it answers. Raises CentreFault."""
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self._log = (data / "centre.log").open("ab")
        command = [sys.executable, "-m", "central", "serve", "--data", str(data), "--port", str(port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True)  # noqa: S603
        self.url = self._wait_ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_agent(self, name: str, counter: int) -> str:
        """The new agent's password."""
        password = secrets.token_urlsafe(9)
        self._ask("agent", "--name", name, "--counter", str(counter), said=password + "\n")
        return password

    def enrol(self, kiosk: int, folder: Path) -> None:
        """Make sure that it knows the kiosk whose data lie in `folder`. Raises CentreFault."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            HttpTransport(self.url, KeyFile(folder).read).greet()
        except KeyUnknown:
            code = self._ask("enrol", "--kiosk", f"{kiosk:03}").splitlines()[0]
        except CentralUnreachable as fault:
            raise CentreFault(f"The centre does not answer its own kiosk: {fault}.") from None
        else:
            return
        try:
            Enrolment(self.url, kiosk, folder).enrol(code)
        except EnrolmentFault as fault:
            raise CentreFault(f"The kiosk could not be enrolled: {fault.detail}.") from None

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._log.close()

    def _ask(self, verb: str, *words: str, said: str = "") -> str:
        command = [sys.executable, "-m", "central", verb, "--data", str(self.data), *words]
        done = subprocess.run(command, capture_output=True, text=True, input=said, check=False)  # noqa: S603  our own program
        if done.returncode != 0:
            raise CentreFault(done.stderr.strip() or f"the centre's “{verb}” failed")
        return done.stdout.strip()

    def _wait_ready(self) -> str:
        for line in self._process.stdout or ():
            if ready := _READY.search(line):
                return ready[1]
        self.close()
        raise CentreFault(f"The centre did not start: see {self.data / 'centre.log'}.")
