"""A SOCKS 5 proxy for tests: remembers which names it was asked for and connects them all to one place."""

from __future__ import annotations

import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Self


class SocksServer:
    """Listens on loopback; every target becomes ``host:port`` given here."""

    def __init__(self, target: str, *, refuse: int = 0) -> None:
        host, _, port = target.partition(":")
        self.asked: list[tuple[str, int]] = []
        self.users: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner, self._server.target, self._server.refuse = self, (host, int(port)), refuse
        self.url = f"socks5h://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    owner: SocksServer
    target: tuple[str, int]
    refuse: int


class _Handler(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        line: socket.socket = self.request
        methods = self._read(self._read(2)[1])
        if 2 in methods:
            line.sendall(b"\x05\x02")
            self._read(1)
            self.server.owner.users.append(self._read(self._read(1)[0]).decode())
            self._read(self._read(1)[0])
            line.sendall(b"\x01\x00")
        else:
            line.sendall(b"\x05\x00")
        kind = self._read(4)[3]
        assert kind == 3, "the proxy must be given a name, not an address"
        name = self._read(self._read(1)[0]).decode()
        self.server.owner.asked.append((name, int.from_bytes(self._read(2))))
        line.sendall(bytes([5, self.server.refuse, 0, 1]) + bytes(6))
        if not self.server.refuse:
            self._pass_on(line)

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += self.request.recv(count - len(data))
        return data

    def _pass_on(self, near: socket.socket) -> None:
        with socket.create_connection(self.server.target) as far:
            back = threading.Thread(target=_copy, args=(far, near), daemon=True)
            back.start()
            _copy(near, far)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
