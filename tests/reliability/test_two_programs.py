"""One interview in two programs at once: the second is told so, and nothing that the first kept is written over."""

import sys
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import UserError
from simulator.interview.setup import Setup
from tests.reliability.interviews import hold_plain, said, services_in


def test_an_interview_that_is_open_elsewhere_is_gone_on_with_by_the_first_alone(tmp_path: Path) -> None:
    first, second = services_in(tmp_path), services_in(tmp_path)
    conversation = first.interviews.begin(Setup(count=2, seed=3))
    session_id = conversation.session.id
    with pytest.raises(UserError, match="open in another Second Round"):
        second.interviews.resume(session_id)
    whole = hold_plain(first, conversation, interactive=False)
    assert said(second.data.store.session(session_id)) == said(whole)
    first.close()
    second.close()


def test_an_interview_that_the_other_program_left_can_be_gone_on_with(tmp_path: Path) -> None:
    first, second = services_in(tmp_path), services_in(tmp_path)
    session_id = first.interviews.begin(Setup(count=2, seed=3)).session.id
    first.close()
    assert hold_plain(second, second.interviews.resume(session_id), interactive=False, resumed=True).finished
    second.close()


def test_nothing_is_wiped_under_an_interview_that_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMULATOR_HOME", str(tmp_path))
    services = services_in(tmp_path)
    session_id = services.interviews.begin(Setup(count=2, seed=3)).session.id
    assert main(["sessions", "wipe", "--yes"]) == 1
    assert "open in another window" in capsys.readouterr().err
    assert services.data.store.session(session_id)
    services.interviews.leave(session_id)
    assert main(["sessions", "wipe", "--yes"]) == 0
    services.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("anew", [False, True])
def test_a_store_that_was_removed_meanwhile_is_told_with_every_answer(tmp_path: Path, anew: bool) -> None:
    services = services_in(tmp_path)
    path = services.paths.database
    services.data.store.keep_document("job", "first", "{}")
    path.rename(tmp_path / "elsewhere")
    if anew:
        services_in(tmp_path).data.store.close()
    for _ in range(2):
        with pytest.raises(UserError, match=r"Nothing more is kept.*removed or replaced"):
            services.data.store.keep_document("job", "second", "{}")
    assert path.exists() == anew
    services.close()
