"""One interview in two programs at once: the second is told so, and nothing that the first kept is written over."""

from pathlib import Path

import pytest

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
