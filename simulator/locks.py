"""Locks on files that end with the process that holds them: one that is killed leaves nothing locked."""

import os
import sys
from pathlib import Path
from typing import IO, Any

from simulator.errors import UserError
from simulator.paths import private_folder, private_opener

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def try_lock(file: IO[Any]) -> bool:
    """Lock an open file for as long as it is open; False when somebody else holds it. Returns at once."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Windows says "denied" for what is held; a disk that knows no locks must not stop an interview.
        return sys.platform != "win32"
    return True


class FileLock:
    """A lock that is held; `release` lets go of it and removes its file."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file

    def release(self) -> None:
        """Let go. The file is removed while it is still held, so that no other's is."""
        if self._file.closed:
            return
        if sys.platform == "win32":
            self._file.close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            # An empty file that stays is no harm: the lock ends with the file being closed.
            pass
        finally:
            self._file.close()


def acquire_lock(path: Path) -> FileLock | None:
    """Hold the lock with that file; None when somebody else does. Raises UserError when it cannot be made."""
    private_folder(path.parent)
    while True:
        try:
            file = open(path, "ab", opener=private_opener)  # noqa: SIM115 - held until it is released
            if not try_lock(file):
                file.close()
                return None
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return FileLock(path, file)
            # Its last holder removed it between our opening and locking it.
            file.close()
        except OSError as error:
            raise UserError(
                f"The file {path} cannot be made: {error.strerror or error}.", "Check the rights of its folder."
            ) from None
