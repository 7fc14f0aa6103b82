"""Banks, rubrics and interviewers that somebody shared: a file, a folder or a zip, installed whole or not at all.

A shared archive is not trusted: names in it are never used as paths (a file is named after the id in it),
links are not followed, sizes are counted while unpacking, and everything is checked before anything is written.
"""

import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.data_files import Entries, Text, shown
from simulator.errors import UserError
from simulator.paths import private_folder, private_opener, whole_file
from simulator.questions.bank_files import ENDINGS
from simulator.questions.editing import file_for
from simulator.texts import not_there, read_bytes
from simulator.yaml_nodes import MOST_BYTES, BrokenFile, Finding, decode_text, parse_yaml
from simulator.zip_files import leads_outside, open_zip, read_entry

MOST_FILES = 500
MOST_ENTRIES = 5_000
KINDS = ("rubric", "interviewer", "bank")
"""What a file is, by its first key, in the order of installing: banks name rubrics."""

Check = Callable[[Path], Sequence[Finding]]
"""Everything wrong with a file of one kind."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A data file found in what was shared: its name there, what it is, its id and its bytes."""

    name: str
    kind: str
    id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """All data files of what was shared, and the names left out, each with the reason."""

    source: Path
    files: tuple[SharedFile, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Installed:
    """One file that was installed, and where; `instead_of` is the copy of what stood there."""

    kind: str
    id: str
    path: Path
    instead_of: Path | None = None


class AlreadyThere(UserError):
    """Files that would be installed have the ids of the user's own; `names` says which."""

    def __init__(self, names: str, what: str, hint: str) -> None:
        super().__init__(what, hint)
        self.names = names


def read_package(source: Path) -> Package:
    """What lies in a file, folder or zip. Raises UserError when it cannot be read or is a trap."""
    if not source.exists():
        raise not_there(source, "file or folder")
    found: list[SharedFile] = []
    left_out: list[tuple[str, str]] = []
    total = 0
    for name, content in _contents(source):
        label = shown(name, 120)
        if isinstance(content, str):
            left_out.append((label, content))
            continue
        total += len(content)
        if total > MOST_BYTES:
            raise UserError(
                f"{source} holds more than {MOST_BYTES // 1_000_000} MB.", "Install its banks one by one."
            )
        kind, identity, why = _recognise(content, _place(source, label))
        if why:
            left_out.append((label, why))
        else:
            found.append(SharedFile(label, kind, identity, content))
        if len(found) > MOST_FILES:
            raise UserError(f"{source} holds more than {MOST_FILES} data files.", "Install its banks one by one.")
    found.sort(key=lambda shared: (KINDS.index(shared.kind), shared.name))
    return Package(source, tuple(found), tuple(left_out))


def check_package(package: Package, checks: Mapping[str, Check], folder: Path) -> list[Finding]:
    """Everything wrong in a package, by the names files have in it. `folder` is an empty one to unpack into."""
    findings: list[Finding] = []
    seen: dict[tuple[str, str], str] = {}
    for number, shared in enumerate(package.files):
        unpacked = folder / f"{number}.yaml"
        unpacked.write_bytes(shared.raw)
        where = str(_place(package.source, shared.name))
        findings.extend(replace(finding, path=where) for finding in checks[shared.kind](unpacked))
        other = seen.setdefault((shared.kind, shared.id), shared.name)
        if other != shared.name:
            twice = f"{shared.kind} '{shared.id}' is in {other} too."
            findings.append(Finding(where, 1, 1, twice, "Give one of them another id."))
    return sorted(findings)


def install_package(
    package: Package, folders: Mapping[str, Path], known: Mapping[tuple[str, str], Path], replacing: bool = False
) -> list[Installed]:
    """Write the files of a checked package into the folders of their kinds, under their ids.

    `known` are the user's files that have an id already; unless `replacing`, one of those raises UserError
    before anything is written. What is replaced is kept beside as `.before`.
    """
    taken = [shared for shared in package.files if (shared.kind, shared.id) in known]
    if taken and not replacing:
        names = ", ".join(f"{shared.kind} '{shared.id}'" for shared in taken)
        raise AlreadyThere(
            names, f"You have {names} already.", "Add --replace to install over it; what you have is kept aside."
        )
    installed: list[Installed] = []
    for shared in package.files:
        folder = private_folder(folders[shared.kind])
        there = known.get((shared.kind, shared.id))
        kept = keep_aside(there) if there else None
        path = there or file_for(shared.id, folder)
        _write(shared.raw, path)
        installed.append(Installed(shared.kind, shared.id, path, kept))
    return installed


def _contents(source: Path) -> Iterator[tuple[str, bytes | str]]:
    """Names and bytes, or names and why they are left out."""
    if source.is_dir():
        yield from _folder(source)
        return
    raw = read_bytes(source, MOST_BYTES, "Install its banks one by one.")
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip(raw, source)
    else:
        yield source.name, raw


def _place(source: Path, name: str) -> Path:
    """How a file of a package is called when it is told of: a file that was given by itself has no other name."""
    return source if source.is_file() and name == shown(source.name, 120) else source / name


def _folder(source: Path) -> Iterator[tuple[str, bytes | str]]:
    entries = 0
    for base, folders, names in os.walk(source, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            entries += 1
            if entries > MOST_ENTRIES:
                raise UserError(
                    f"{source} holds more than {MOST_ENTRIES} files.", "Choose the folder with the banks."
                )
            path = Path(base) / name
            label = str(path.relative_to(source))
            if why := _unwanted(name):
                yield label, why
            elif not stat.S_ISREG(path.lstat().st_mode):
                yield label, "it is a link or no plain file"
            elif path.stat().st_size > MOST_BYTES:
                yield label, "it is too large"
            else:
                yield label, path.read_bytes()


def _zip(raw: bytes, source: Path) -> Iterator[tuple[str, bytes | str]]:
    try:
        with open_zip(io.BytesIO(raw), str(source), "Ask for it again, or for the plain files.") as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise UserError(f"{source} holds more than {MOST_ENTRIES} files.", "Install its banks one by one.")
            left = MOST_BYTES
            for entry in entries:
                if entry.is_dir():
                    continue
                name = entry.filename
                if leads_outside(name):
                    yield name, "its name points outside of the archive"
                elif why := _unwanted(name.rsplit("/", 1)[-1]):
                    yield name, why
                elif stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
                    yield name, "it is a link or no plain file"
                elif entry.flag_bits & 0x1:
                    yield name, "it is locked with a password"
                else:
                    content = read_entry(archive, entry, left)
                    if content is None:
                        unpacked = f"{source} unpacks to more than {MOST_BYTES // 1_000_000} MB."
                        raise UserError(unpacked, "It was left alone.")
                    left -= len(content)
                    yield name, content
    except OSError as error:
        raise UserError(
            f"{source} cannot be unpacked: {error}.", "Ask for it again, or for the plain files."
        ) from None


def _unwanted(name: str) -> str:
    if name.startswith((".", "__MACOSX")):
        return "it is hidden"
    if not name.lower().endswith(ENDINGS):
        return "it is no .yaml file"
    return ""


def _recognise(raw: bytes, path: Path) -> tuple[str, str, str]:
    """The kind and the id of a data file, or why it is none."""
    try:
        root = parse_yaml(decode_text(raw, path), path)
    except BrokenFile as broken:
        found = broken.findings[0]
        raise UserError(f"{found} Nothing was installed.") from None
    if isinstance(root, Entries):
        for key, value in root.pairs:
            if key.value in KINDS and isinstance(value, Text):
                identity = value.value.strip()
                if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,80}", identity):
                    return key.value, identity, ""
                return key.value, "", f"its id '{shown(identity)}' will not do"
    return "", "", "it is no bank, rubric or interviewer"


def keep_aside(path: Path) -> Path:
    """A copy of what stands there, under a name that nothing has yet: what was kept before is never replaced."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.before" if number == 1 else f"{path.name}.before-{number}")
        try:
            with open(aside, "xb", opener=private_opener) as file:
                file.write(path.read_bytes())
            return aside
        except FileExistsError:
            if aside.is_file() and aside.read_bytes() == path.read_bytes():
                return aside
            number += 1


def _write(raw: bytes, path: Path) -> None:
    try:
        with whole_file(path) as file:
            file.write(raw)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror or error}.", "Check its rights and space."
        ) from None
