"""Commands that heed the rights of files, even where the tests run as root."""

import os
import shutil
import subprocess

import pytest


def mortal() -> tuple[str, ...]:
    """Words before a command that make it heed write permissions, even for root."""
    if os.geteuid() != 0:
        return ()
    words = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if not shutil.which("setpriv") or subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("root, and setpriv cannot give up root's rights here")
    return words
