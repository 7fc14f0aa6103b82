"""Hearing an answer back: a recording into which a piece was put, as once was done, is heard in the order told."""

from dataclasses import replace
from pathlib import Path

from textual.message import Message

from simulator.services import Services
from simulator.sessions.session import Utterance
from simulator.tui.screens.answer_player import AnswerPlayer, Heard, Silent
from tests.fakes import FakePlayer, fake_sound, spoken
from tests.sessions.made import CALM, answered
from tests.speech.sounds import silence, write_wav

GROUP = (
    "last october on the late shift a visitor was shouting at the desk because nobody had called him and in the end "
    "he came back the next day to thank us"
)


def test_the_first_part_ends_where_the_second_begins_and_the_piece_is_between(tmp_path: Path) -> None:
    answer = answered("s", 0, CALM, GROUP)
    (whole,) = answer.utterances
    before, after = (
        replace(whole, recording="1.wav", transcript=replace(whole.transcript, words=words))
        for words in (whole.transcript.words[:17], whole.transcript.words[17:])
    )
    piece = Utterance("And you?", spoken("i took him to the side room"), recording="2.wav", purpose="piece")
    answer = replace(answer, utterances=(before, piece, after))
    for name in ("1.wav", "2.wav"):
        write_wav(tmp_path / name, silence(12.0))
    cut = answer.utterances[2].transcript.words[0].start
    assert cut
    player, posted = FakePlayer(), list[Message]()
    replay = AnswerPlayer(Services(sound=fake_sound(player=player)), posted.append, tmp_path)
    replay.use(answer)
    replay.play(0, 0.0)
    player.on_position(cut - 0.1)
    player.on_position(cut + 0.1)
    kinds = [type(message) for message in posted]
    assert kinds == [Heard, Silent], "behind the first part it is at its end"
    assert isinstance(posted[-1], Silent)
    assert posted[-1].to_end
    assert replay.play_behind(0)
    assert replay.play_behind(1)
    assert [each[:2] for each in player.asked] == [("1.wav", 0.0), ("2.wav", 0.0), ("1.wav", cut)]
