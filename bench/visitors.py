"""Visitors as a program: some connections stay open, and on each the next request follows as soon as it is answered."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from time import perf_counter

CONNECTIONS = 8
# What a browser sends; the name matters, as what calls itself a program is not counted as a reader.
HEADERS = {
    "Host": "testserver",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de,en-US;q=0.7,en;q=0.3",
    "Accept-Encoding": "gzip, deflate, br",
    "Connection": "keep-alive",
}


class Visitors:
    """Of one server. Each round has connections of its own: it closes those on which nobody has asked for a while."""

    def __init__(self, port: int) -> None:
        self._port = port

    def body(self, path: str) -> bytes:
        """Of one answer. Raises SystemExit when it is none, or not the page."""
        with ExitStack() as stack:
            return _answer(self._line(stack), path)

    def speed(self, path: str, body: bytes, requests: int) -> float:
        """Answers a second. Each is read whole; raises SystemExit when one says something else."""
        with ExitStack() as stack:
            lines = [self._line(stack) for _number in range(CONNECTIONS)]
            for line in lines:
                _answer(line, path)
            request, begin = _request(path), perf_counter()
            for line in lines:
                line.sendall(request)
            for number in range(requests):
                line = lines[number % CONNECTIONS]
                if _body(line, path) != body:
                    raise SystemExit(f"{path} says something else than before.")
                if number + CONNECTIONS < requests:
                    line.sendall(request)
            return requests / (perf_counter() - begin)

    def _line(self, stack: ExitStack) -> socket.socket:
        line = stack.enter_context(socket.create_connection(("127.0.0.1", self._port), timeout=30))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line


def _answer(line: socket.socket, path: str) -> bytes:
    line.sendall(_request(path))
    return _body(line, path)


def _request(path: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in HEADERS.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def _body(line: socket.socket, path: str) -> bytes:
    answer = line.recv(1 << 18)
    while b"\r\n\r\n" not in answer:
        answer += _more(line, path)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise SystemExit(f"{path} answers {head[:40].decode('latin-1')}.")
    length = int(head.lower().partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += _more(line, path)
    return body


def _more(line: socket.socket, path: str) -> bytes:
    more = line.recv(1 << 18)
    if not more:
        raise SystemExit(f"{path} ends before it is whole.")
    return more
