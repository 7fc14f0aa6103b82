"""Fetches and unpacks speech models: resumable, checksummed, all or nothing, safe against bad archives."""

import contextlib
import hashlib
import http.client
import shutil
import ssl
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from simulator.errors import MissingPart, UserError, WrongUse
from simulator.locks import try_lock
from simulator.paths import AppPaths, expanded, private_folder, private_opener
from simulator.speech import model_trust
from simulator.speech.model_archives import CHUNK, Progress, need_space, stop_if, unpack_model
from simulator.speech.model_files import ModelFolder, OfficialModel, Origin, official_models
from simulator.texts import refuse_dead_link, refuse_endless

TIMEOUT = 20.0
"""Seconds without a byte after which a connection counts as cut."""

ATTEMPTS = 5
"""Cut connections in a row, without a byte gained, before giving up."""


def install(
    source: str,
    paths: AppPaths,
    on_progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    base_address: str = "",
) -> ModelFolder:
    """Install a model into the user's data folder; the folder it is in.

    `source` is an official name, a zip file, or a folder. `on_progress` counts bytes, while fetching and again
    while unpacking. What was fetched when `cancelled` stays for the next time. `base_address` replaces the
    place official models are fetched from. Raises WrongUse for an unknown source, Missing when it cannot be
    fetched, UserError for anything else; what was installed before is untouched then.
    """
    path = expanded(source)
    if path.is_dir():
        return _from_folder(path, paths, on_progress, cancelled)
    if path.is_file():
        return _from_zip(path, paths, on_progress, cancelled)
    refuse_dead_link(path)
    official = {model.name: model for model in official_models()}.get(source)
    if official is None:
        known = ", ".join(model.name for model in official_models() if model.pinned)
        raise WrongUse(
            f"'{source}' is neither a model this app can fetch nor a zip or folder on this computer.",
            f"It can fetch {known}.",
        )
    if not official.pinned:
        raise MissingPart(
            f"{official.name} is too large to be fetched here safely (its checksum is not known).",
            f"Download {official.url} yourself, then: second-round model install {official.name}.zip",
        )
    with one_install_at_a_time(paths):
        archive = _fetched(official, paths, on_progress, cancelled, base_address)
        model = _unpacked(archive, paths, on_progress, cancelled)
        archive.unlink(missing_ok=True)
        return model


# Fetching.


def _fetched(
    model: OfficialModel, paths: AppPaths, on_progress: Progress, cancelled: Callable[[], bool], base_address: str
) -> Path:
    """The whole, checked zip of an official model."""
    folder = private_folder(paths.speech_models / ".downloads")
    archive, part = folder / f"{model.name}.zip", folder / f"{model.name}.zip.part"
    if archive.is_file() and _digest(archive) == model.sha256:
        return archive
    need_space(folder, model.size + model.unpacked - (part.stat().st_size if part.exists() else 0))
    address = f"{base_address.rstrip('/')}/{model.name}.zip" if base_address else model.url
    failures, gained = 0, 0
    while True:
        before = part.stat().st_size if part.exists() else 0
        try:
            _fetch_rest(address, part, model.size, on_progress, cancelled)
        except _Cut as cut:
            gained = (part.stat().st_size if part.exists() else 0) - before
            failures = 0 if gained > 0 else failures + 1
            if cut.final or failures >= ATTEMPTS:
                raise _unreachable(model, address, cut) from None
            _pause(min(2**failures, 10) * 0.25, cancelled)
            continue
        break
    if part.stat().st_size != model.size or _digest(part) != model.sha256:
        part.unlink()
        raise UserError(
            f"What was fetched from {address} is not the model this app knows (its checksum is wrong).",
            "Nothing was installed. Try again; if it stays so, fetch the zip on another network.",
        )
    part.replace(archive)
    return archive


class _Cut(Exception):
    """The connection failed; `final` where trying again cannot help."""

    def __init__(self, why: str, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


def _fetch_rest(address: str, part: Path, size: int, on_progress: Progress, cancelled: Callable[[], bool]) -> None:
    """Add to `part` what is still missing of `size` bytes. Raises _Cut, keeping what came."""
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        part.unlink()
        have = 0
    on_progress(have, size)
    if have == size:
        return
    headers = {"User-Agent": "second-round", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=_certificates(address)) as answer:
            resumed = answer.status == 206 and _starts_at(answer.headers.get("Content-Range", ""), have)
            if not resumed:
                have = 0
            with open(part, "ab" if resumed else "wb", opener=private_opener) as file:
                while have <= size:
                    stop_if(cancelled)
                    chunk = answer.read(CHUNK)
                    if not chunk:
                        break
                    _write(file, chunk, part)
                    have += len(chunk)
                    on_progress(min(have, size), size)
    except urllib.error.HTTPError as error:
        if error.code == 416:  # the part is not a beginning of that file: begin anew
            part.unlink(missing_ok=True)
            raise _Cut("the server could not go on where the last download stopped") from None
        raise _Cut(f"the server answered {error.code} {error.reason}", final=400 <= error.code < 500) from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError) as error:
        reason = getattr(error, "reason", error)
        raise _Cut(str(getattr(reason, "strerror", None) or reason) or type(reason).__name__) from None
    if have < size:
        raise _Cut("the connection was cut")


def _starts_at(content_range: str, have: int) -> bool:
    return content_range.startswith(f"bytes {have}-")


def _unreachable(model: OfficialModel, address: str, cut: _Cut) -> MissingPart:
    return MissingPart(
        f"The speech model could not be downloaded ({address.split('/')[2] if '//' in address else address}): {cut}.",
        f"Try again later, it goes on where it stopped. Without a network: fetch {model.url} on another computer, "
        f"bring the file here, then: second-round model install {model.name}.zip",
    )


def _certificates(address: str) -> ssl.SSLContext | None:
    """Python from python.org on macOS knows no certificates of its own; certifi's are used there."""
    if not address.startswith("https:"):
        return None
    context = ssl.create_default_context()
    if not context.get_ca_certs() and not ssl.get_default_verify_paths().capath:
        with contextlib.suppress(ImportError):
            import certifi  # late

            context.load_verify_locations(certifi.where())
    return context


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# From the user's own files.


def _from_zip(path: Path, paths: AppPaths, on_progress: Progress, cancelled: Callable[[], bool]) -> ModelFolder:
    for model in official_models():
        if model.pinned and path.stem == model.name and _digest(path) != model.sha256:
            raise UserError(
                f"{path} is not the {model.name} this app knows (its checksum is wrong); the file is damaged.",
                "Fetch it again.",
            )
    with one_install_at_a_time(paths):
        return _unpacked(path, paths, on_progress, cancelled)


def _from_folder(path: Path, paths: AppPaths, on_progress: Progress, cancelled: Callable[[], bool]) -> ModelFolder:
    source = ModelFolder(path, Origin.CHOSEN)
    source.check()
    target = paths.speech_models / path.resolve().name
    if target.exists() and target.resolve() == path.resolve():
        return ModelFolder(target, Origin.INSTALLED)
    with one_install_at_a_time(paths), _workspace(paths) as workspace:
        total = source.bytes_on_disk
        need_space(workspace, total)
        done = 0

        def copy(old: str, new: str) -> str:
            nonlocal done
            stop_if(cancelled)
            refuse_endless(Path(old))
            shutil.copyfile(old, new)
            done += Path(new).stat().st_size
            on_progress(done, total)
            return new

        copied = workspace / target.name
        try:
            shutil.copytree(path, copied, copy_function=copy)
        except (OSError, shutil.Error) as error:
            raise UserError(
                f"The model {path} cannot be copied: {getattr(error, 'strerror', None) or error}.", "Free some space."
            ) from None
        return _put_in_place(copied, target, paths)


# Putting in place.


def _unpacked(archive: Path, paths: AppPaths, on_progress: Progress, cancelled: Callable[[], bool]) -> ModelFolder:
    with _workspace(paths) as workspace:
        root = unpack_model(archive, workspace, on_progress, cancelled)
        name = archive.name.removesuffix(".zip") if root == workspace else root.name
        return _put_in_place(root, paths.speech_models / name, paths)


def _put_in_place(unpacked: Path, target: Path, paths: AppPaths) -> ModelFolder:
    """Move a whole model to its place; one that was there before is replaced only once the new one has worked."""
    _try(unpacked, target.name)
    try:
        model_trust.keep_sums(unpacked)
    except OSError as error:
        raise UserError(
            f"The model in {unpacked} cannot be written: {error.strerror or error}.", "Free some space."
        ) from None
    old = target.with_name(f".{target.name}.old")
    try:
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
            target.replace(old)
        try:
            unpacked.replace(target)
        except OSError:
            if old.exists():
                old.replace(target)
            raise
    except OSError as error:
        raise UserError(
            f"The model could not be moved to {target}: {error.strerror or error}.", "Close other copies of this app."
        ) from None
    shutil.rmtree(old, ignore_errors=True)
    model_trust.forgive(paths)
    return ModelFolder(target, Origin.INSTALLED)


def _try(folder: Path, name: str) -> None:
    """Let the model hear something, so that a damaged one is found now and not in the interview."""
    from simulator.speech.transcriber import vosk_library  # late

    vosk_library()
    model_trust.trial(folder, name)


# Common.


@contextlib.contextmanager
def _workspace(paths: AppPaths) -> Iterator[Path]:
    """A folder beside the final place, gone afterwards; what a killed install left behind goes too."""
    home = private_folder(paths.speech_models)
    for left in home.glob(".unpack-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=".unpack-", dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def one_install_at_a_time(paths: AppPaths) -> Iterator[None]:
    """Over all programs; the lock goes with the process that holds it."""
    path = private_folder(paths.speech_models) / ".lock"
    with open(path, "a+b", opener=private_opener) as file:
        if not try_lock(file):
            raise UserError("Another copy of this app is installing a speech model.", "Wait until it is done.")
        yield


def _write(file: Any, chunk: bytes, path: Path) -> None:
    try:
        file.write(chunk)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror or error}.", "Free some space, then try again."
        ) from None


def _pause(seconds: float, cancelled: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stop_if(cancelled)
        time.sleep(0.05)
