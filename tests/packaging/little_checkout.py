"""A checkout in small: the real `run.py` and `simulator/first_start` around an app that only says how it was called.

Its lock names one tiny package, made here, so that a whole set-up takes a few seconds and no network.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)
"""The Python that a user would start `run.py` with: not that of a virtual environment."""

APP = """\
import json, sys, tiny
print(json.dumps({"arguments": sys.argv[1:], "tiny": tiny.VERSION, "prefix": sys.prefix}))
sys.exit(int(sys.argv[2]) if sys.argv[1:2] == ["exit"] else 0)
"""


def make_wheel(folder: Path, version: str = "1.0", content: str = "") -> Path:
    """A wheel of the package `tiny`, valid in all that pip looks at."""
    folder.mkdir(parents=True, exist_ok=True)
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny.py": f"VERSION = {version!r}\n{content}",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={_record_hash(text)},{len(text.encode())}\n" for name, text in files.items())
    path = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return path


def _record_hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def make_checkout(folder: Path, wheel: Path) -> Path:
    """Lay out the checkout, its lock naming `wheel` with its hash."""
    package = folder / "simulator"
    (package / "speech").mkdir(parents=True)
    shutil.copy2(ROOT / "run.py", folder)
    shutil.copytree(ROOT / "simulator/first_start", package / "first_start", ignore=shutil.ignore_patterns("*.pyc"))
    for name in ("__init__.py", "speech/__init__.py", "speech/install_hints.py"):
        shutil.copy2(ROOT / "simulator" / name, package / name)
    (package / "__main__.py").write_text(APP)
    write_lock(folder, wheel)
    return folder


def write_lock(checkout: Path, wheel: Path) -> None:
    """A lock that names `wheel` and its hash."""
    version = wheel.name.split("-")[1]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (checkout / "requirements.lock").write_text(f"tiny=={version} \\\n    --hash=sha256:{digest}\n")


def surroundings(home: Path, find_links: Path | str | None) -> dict[str, str]:
    """The environment of a user whose pip knows one place only (None: an index that cannot be reached)."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "XDG_")) and not name.lower().endswith("_proxy")
    }
    kept |= {"HOME": str(home), "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "1"}
    kept["PATH"] = os.defpath  # pip asks a rustc on the path for its version, and rustup then writes into the home
    if find_links is None:
        return kept | {"PIP_INDEX_URL": "http://127.0.0.1:1/simple"}
    return kept | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(find_links)}


def run(
    checkout: Path, *arguments: str, env: Mapping[str, str], before: tuple[str, ...] = (), cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`python3 run.py ARGUMENTS`, started from another folder. `before` are words put before the command."""
    return subprocess.run(
        [*before, BASE_PYTHON, str(checkout / "run.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=env,
        cwd=cwd or checkout.parent,
        timeout=300,
    )


class Gate:
    """A package index on this machine that answers only once it is opened."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked = threading.Event()
        self.opened = threading.Event()


@contextmanager
def gated_index(folder: Path) -> Iterator[Gate]:
    """Serve the files of `folder` behind a gate."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            gate.asked.set()
            gate.opened.wait(120)
            # The pip that asked may have been killed by the test.
            with suppress(BrokenPipeError, ConnectionResetError):
                super().do_GET()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    gate = Gate(f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gate
    finally:
        gate.opened.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
