"""The line between a kiosk and the centre, for a test to spoil: it carries bytes, and loses answers when told to."""

import select
import socket
import threading
from urllib.parse import urlsplit


class Line:
    """`url` is where the kiosk talks and the phone looks, whatever port the centre has, or while there is no centre."""

    def __init__(self, centre: str) -> None:
        self.centre = centre
        self.losing = False
        """From now on the first answer to each wish (such as `POST /exchange/events`) is lost."""
        self.lost: list[str] = []
        """The wishes the centre heard and whose answer never came."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, name="line", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._carry, args=(caller,), name="call", daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        """One connection, until either end has enough."""
        address = urlsplit(self.centre)
        with caller:
            try:
                with socket.create_connection((address.hostname or "", address.port or 0)) as centre:
                    self._exchange(caller, centre)
            except OSError:
                return  # no centre, or one end broke off: the other sees its line cut

    def _exchange(self, caller: socket.socket, centre: socket.socket) -> None:
        wish = ""
        while True:
            ready, _, _ = select.select([caller, centre], [], [])
            for source in ready:
                data = source.recv(65_536)
                if not data:
                    return
                if source is caller:
                    if data.startswith((b"GET ", b"POST ", b"HEAD ", b"PATCH ")):
                        wish = " ".join(data.decode("latin-1").split(" ", 2)[:2])
                    centre.sendall(data)
                elif self.losing and wish not in self.lost:
                    self.lost.append(wish)
                    return
                else:
                    caller.sendall(data)
