"""Runs something in a process of its own and kills it, at random or at a step that is counted."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.sessions.store import Store

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a forked process that kills itself at the given step; whether it came that far.

    Steps are the moments before and after a file gets another name, goes, or a commit is made.
    """
    child = os.fork()
    if child == 0:
        try:
            _kill_oneself_at(step)
            work()
        except BaseException:  # noqa: BLE001 - the parent tells by the status
            os._exit(99)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it failed by itself"
    return os.WIFSIGNALED(status)


def _kill_oneself_at(step: int) -> None:
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def around(*given: Any, **named: Any) -> Any:
            count()
            result = original(*given, **named)
            count()
            return result

        setattr(owner, name, around)

    for owner, name in ((Path, "replace"), (Path, "unlink"), (Store, "rename_recording"), (Store, "keep_step")):
        counted(owner, name)
