"""Files that are written because a command names them. No command itself."""

from pathlib import Path

from simulator.errors import UserError
from simulator.paths import as_the_user_wishes, whole_file


def write_file(path: Path, content: bytes, hint: str = "Choose another --out.", private: bool = False) -> None:
    """Write a file that was asked for by name, whole or not at all; one that was there keeps its rights.

    A new one has the rights of the user's other files, with `private` it is theirs alone. Raises UserError.
    """
    new = not path.exists()
    try:
        with whole_file(path, keep_mode=True) as file:
            file.write(content)
        if new and not private:
            as_the_user_wishes(path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}.", hint) from None
