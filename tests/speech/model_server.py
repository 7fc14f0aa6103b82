"""A server on 127.0.0.1 that hands out a model's zip, with the faults of real servers."""

import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def zip_of(folder: Path, target: Path, inside: str) -> Path:
    """The folder as a zip with everything below `inside`/."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{inside}/{path.relative_to(folder).as_posix()}")
    return target


class Shop:
    """What the server does. `requests` holds the Range header of each request."""

    def __init__(self, goods: bytes) -> None:
        self.goods = goods
        self.requests: list[str] = []
        self.cut_after: list[int] = []
        """For each request in turn: bytes after which the connection is cut; none left: all is sent."""
        self.ranges = True
        self.status = 0
        self.corrupt = False
        self.address = ""


@contextmanager
def shop(goods: bytes) -> Iterator[Shop]:
    """A server while the block runs."""
    about = Shop(goods)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            about.requests.append(asked)
            if about.status:
                self.send_error(about.status)
                return
            goods = bytes(len(about.goods)) if about.corrupt else about.goods
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and about.ranges else 0
            if start >= len(goods):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(goods) - 1}/{len(goods)}")
            self.send_header("Content-Length", str(len(goods) - start))
            self.end_headers()
            if about.cut_after:
                self.wfile.write(goods[start : start + about.cut_after.pop(0)])
                self.wfile.flush()
                self.connection.close()
                return
            self.wfile.write(goods[start:])

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    about.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield about
    finally:
        server.shutdown()
        server.server_close()
