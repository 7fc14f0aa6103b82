"""Files that are written because a command names them. No command itself."""

from pathlib import Path

from simulator.errors import UserError
from simulator.paths import as_the_user_wishes


def write_file(path: Path, content: bytes) -> None:
    """Write a file that was asked for by name. Raises UserError."""
    try:
        path.write_bytes(content)
        as_the_user_wishes(path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.", "Choose another --out.") from None
