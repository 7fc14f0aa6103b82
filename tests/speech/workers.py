"""The processes that make spoken texts, as the system lists them (Linux)."""

from pathlib import Path


def runs(pid: int) -> bool:
    """Whether that process is there and has not ended."""
    return _state_and_parent(pid)[0] not in ("", "Z")


def workers_of(parent: int) -> set[int]:
    """The running synthesis workers that `parent` started."""
    return {
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _state_and_parent(int(folder.name))[1] == parent and _is_worker(folder)
    }


def _is_worker(folder: Path) -> bool:
    try:
        return b"synthesis_worker.py" in (folder / "cmdline").read_bytes()
    except OSError:
        return False


def _state_and_parent(pid: int) -> tuple[str, int]:
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return "", 0
    return state, int(parent)
