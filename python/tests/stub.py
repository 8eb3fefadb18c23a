"""A server that answers what a test says."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """An answer. `cut` ends the connection before so many bytes of the content are missing."""

    status: int = 200
    content: bytes = b"{}"
    media: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    delay: float = 0.0


@dataclass
class Stub:
    """Answers with its replies, one after the other; the last one stays."""

    replies: list[Reply]
    asked: list[str] = field(default_factory=list)
    authorization: list[str | None] = field(default_factory=list)
    url: str = ""


@contextmanager
def stub(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Stub]:
    said = Stub(list(replies))
    patience = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said.asked.append(f"{self.command} {self.path}")
            said.authorization.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = said.replies.pop(0) if len(said.replies) > 1 else said.replies[0]
            patience.wait(reply.delay)
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.media)
            self.send_header("Content-Length", str(len(reply.content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.content[: len(reply.content) - reply.cut])
            self.close_connection = True

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    said.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield said
    finally:
        patience.set()
        server.shutdown()
        thread.join()
        server.server_close()
