"""A network scanner that needs no driver: as much of eSCL (Mopria, 2.6) as sane-airscan asks of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_HEAD = (
    '<?xml version="1.0"?><scan:{0} xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
    ' xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>2.6</pwg:Version>{1}</scan:{0}>'
)
_INPUT = (
    "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
    "<scan:MaxHeight>3508</scan:MaxHeight><scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
    "<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats><pwg:DocumentFormat>image/jpeg"
    "</pwg:DocumentFormat></scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>"
    "<scan:DiscreteResolution><scan:XResolution>75</scan:XResolution><scan:YResolution>75</scan:YResolution>"
    "</scan:DiscreteResolution></scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>"
    "</scan:SettingProfiles>"
)
_CAPABILITIES = (
    f"<scan:Platen><scan:PlatenInputCaps>{_INPUT}</scan:PlatenInputCaps></scan:Platen>"
    f"<scan:Adf><scan:AdfSimplexInputCaps>{_INPUT}</scan:AdfSimplexInputCaps>"
    f"<scan:AdfDuplexInputCaps>{_INPUT}</scan:AdfDuplexInputCaps>"
    "<scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf>"
)


class EsclServer(ThreadingHTTPServer):
    """`sheets` lie in it, JPEG files, fronts alone; `backs` are seen too when a job asks for both faces.

    After the last it says `adf_state`; with `breaks` it goes away in mid-page.
    """

    daemon_threads = True
    sheets: list[bytes]
    backs: list[bytes]
    adf_state = "ScannerAdfEmpty"
    breaks = False

    @property
    def device(self) -> str:
        return f"airscan:escl:Hall:http://127.0.0.1:{self.server_port}/eSCL"


class _Answer(BaseHTTPRequestHandler):
    server: EsclServer

    def do_GET(self) -> None:
        asked = self.path.rpartition("/")[2]
        if asked == "ScannerCapabilities":
            self._say(200, _HEAD.format(asked, _CAPABILITIES).encode())
        elif asked == "ScannerStatus":
            state = f"<pwg:State>Idle</pwg:State><scan:AdfState>{self.server.adf_state}</scan:AdfState>"
            self._say(200, _HEAD.format(asked, state).encode())
        elif asked == "NextDocument" and self.server.sheets:
            self._say(200, self.server.sheets.pop(0), "image/jpeg")
        else:
            self._say(503 if self.server.adf_state == "ScannerAdfJam" else 404, b"")

    def do_POST(self) -> None:
        job = self.rfile.read(int(self.headers["Content-Length"]))
        if b"<scan:Duplex>true</scan:Duplex>" in job:
            faces = zip(self.server.sheets, self.server.backs, strict=True)
            self.server.sheets = [face for sheet in faces for face in sheet]
        self.send_response(201)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/eSCL/ScanJobs/1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_DELETE(self) -> None:
        self._say(200, b"")

    def log_message(self, *_said: object) -> None:
        """It has nothing to say to the test."""

    def _say(self, status: int, body: bytes, kind: str = "text/xml") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.server.breaks and kind == "image/jpeg" else body)


@contextmanager
def escl_server(*sheets: bytes) -> Iterator[EsclServer]:
    with EsclServer(("127.0.0.1", 0), _Answer) as server:
        server.sheets, server.backs = list(sheets), []
        serving = Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()
