"""A line that dies after so many bytes and starts again with the next call, or carries only so many a second."""

import socket
import threading
import time

from tests.journeys.line import Line

_PIECE = 16_384


class WeakLine(Line):
    """`dies_after`: bytes of one connection, on their way to the centre; 0: never. `carried`: how many went, in all.

    `buffer`: how many it may hold itself, roughly; 0: as many as the system likes.
    """

    def __init__(self, centre: str, dies_after: int = 0, bytes_per_s: float = 0.0, buffer: int = 0) -> None:
        self.dies_after = dies_after
        self.carried = 0
        self.deaths = 0
        self._bytes_per_s = bytes_per_s
        self._free_at = 0.0
        super().__init__(centre)
        if buffer:
            self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)

    def _exchange(self, caller: socket.socket, centre: socket.socket) -> None:
        answering = threading.Thread(target=self._answer, args=(centre, caller), name="answers", daemon=True)
        answering.start()
        left = self.dies_after
        while data := caller.recv(min(_PIECE, left) if self.dies_after else _PIECE):
            centre.sendall(data)
            self.carried += len(data)
            if self._bytes_per_s:
                self._take_time(len(data))
            left -= len(data)
            if self.dies_after and not left:
                self.deaths += 1
                break
        centre.shutdown(socket.SHUT_RDWR)
        answering.join()

    def _take_time(self, size: int) -> None:
        self._free_at = max(self._free_at, time.monotonic()) + size / self._bytes_per_s
        time.sleep(max(0.0, self._free_at - time.monotonic()))

    def _answer(self, centre: socket.socket, caller: socket.socket) -> None:
        try:
            while data := centre.recv(_PIECE):
                caller.sendall(data)
            caller.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the caller has gone
