"""The feedback on one answer: read in ten seconds, on the smallest screen and the widest."""

from dataclasses import replace
from functools import partial

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from simulator.assessment import score_answer
from simulator.scoring.scorecard import CueShare, Part, PartState, RubricScore, Tailoring
from simulator.sessions.answer_feedback import feedback_text
from simulator.sessions.report import levels_told
from simulator.sessions.session import Answer, Utterance
from simulator.speech.transcript import typed
from simulator.tui.widgets.delivery_view import delivery_lines
from simulator.tui.widgets.feedback_view import FeedbackView
from simulator.tui.widgets.part_rows import part_rows, part_style, sign_style
from simulator.tui.widgets.scorecard_sections import parts_to_mark, scorecard_lines, sections, weighed
from simulator.tui.widgets.scorecard_view import ScorecardView
from tests.sessions.made import CALM, STRONG, WEAK, answered, context_of
from tests.tui.driving import running
from tests.tui.gallery import SCENES, visiting

ANSWER = (
    "so last march on the late shift a visitor was shouting at the desk because nobody had called him about his "
    "wife and the whole waiting room was looking at us so i took him to the side room and i gave him a glass of "
    "water and i explained what had happened and i called the ward for him while he was sitting there my colleague "
    "was on her break and it rained and we had run out of chairs again as we always do in march and nobody "
    "had time for a coffee but that is how it is on a ward like ours and i would not want to work anywhere else"
)


def text_of(answer: Answer, previous: Answer | None = None, explain: bool = False, width: int = 76) -> list[str]:
    return [line.plain for line in scorecard_lines(answer, previous, explain, width)]


def test_the_verdict_comes_first_then_the_parts_by_sign_and_word_then_the_answer_and_one_thing_to_do() -> None:
    text = "\n".join(text_of(answered("s", 0, CALM, WEAK)))
    order = [
        "You give an opinion, or you describe yourself.",
        "▱▱▱▱ Level 0 of 4",
        "✗ your own part",
        "natural leader",
        "To do",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


async def test_feedback_on_an_answer_of_120_words_needs_no_scrolling_at_80_by_24(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(ANSWER.split()) >= 115
    monkeypatch.setattr("tests.tui.gallery.SAID", ANSWER)
    async with visiting(size=(80, 24), history=False) as driver:
        await SCENES["feedback"](driver)
        view = driver.app.screen.query_one(FeedbackView)
        words = driver.app.screen.query_one("#card-advice")
        assert view.max_scroll_y == 0
        assert words.region.bottom <= view.region.bottom, "above the row of keys"


@pytest.mark.parametrize("width", [56, 76, 110])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    for words in (WEAK, STRONG, ANSWER):
        assert max(map(len, text_of(answered("s", 0, CALM, words), explain=True, width=width))) <= width


def test_the_own_rating_stands_beside_the_level_and_the_change_with_its_parts() -> None:
    weak, strong = answered("s", 0, CALM, WEAK), answered("s", 0, CALM, STRONG, attempt=2)
    text = " ".join(" ".join(text_of(replace(strong, self_rating={"examples": 3}), weak)).split())
    assert "you gave yourself 3" in text
    assert "up from 0" in text
    assert "new in this try: a particular event, your own part, what came of it" in text


def test_a_level_in_doubt_is_told_with_what_it_may_be_in_every_face() -> None:
    told = answered("s", 0, CALM, WEAK)
    assert told.scorecard
    doubtful = replace(told.scorecard.rubrics["examples"], level=1, perhaps=3)
    card = replace(told.scorecard, rubrics={**told.scorecard.rubrics, "examples": doubtful})
    answer = replace(told, scorecard=card)
    for text in (" ".join(text_of(answer)), feedback_text(answer), levels_told(answer)):
        assert "Level 1 of 4, perhaps 3" in text


def test_numbers_are_shown_only_to_those_who_ask_why() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert "words a minute" not in " ".join(text_of(answer))
    assert "At a good pace." in " ".join(line.plain for line in delivery_lines(answer, (), 80))
    assert "150 words a minute" in " ".join(text_of(answer, explain=True))


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("scene", "size"),
    [
        ("transcript", (80, 24)),
        *((scene, size) for scene in ("feedback", "transcript") for size in ((100, 40), (132, 50))),
    ],
)
async def test_feedback_and_transcript_are_the_same_three_panels(scene: str, size: tuple[int, int]) -> None:
    async with visiting(size=size) as driver:
        await SCENES[scene](driver)
        panels = [
            panel
            for panel in driver.app.screen.query("ScorecardView .panel")
            if panel.display and panel.region.area and panel.border_title
        ]
        titles = {str(panel.border_title) for panel in panels}
        assert len(panels) == 3
        assert titles - {"One thing to do", "Keep it"} == {"How it went", "Your answer"}


@pytest.mark.thorough
async def test_the_reasons_stand_with_the_verdict_they_are_for() -> None:
    async with visiting(size=(100, 40), history=False) as driver:
        await SCENES["feedback"](driver)
        await driver.press("x")
        verdict = driver.app.screen.query_one("#card-verdict")
        await driver.until(lambda: "Why" in str(verdict.render()), "the reasons")


def with_parts(answer: Answer, *found: PartState, level: int = 2) -> Answer:
    assert answer.scorecard
    parts = tuple(
        Part(element, element, state)
        for element, state in zip(("occasion", "outcome", "lesson"), found, strict=False)
    )
    score = replace(answer.scorecard.rubrics["examples"], level=level, parts=parts)
    return replace(answer, scorecard=replace(answer.scorecard, rubrics={"examples": score}))


def test_a_doubtful_part_is_told_as_not_sure_and_once_what_to_do_about_it() -> None:
    answer = answered("s", 3, CALM, STRONG)
    meaning = "◐ A part so marked may be there: say it more plainly."
    perhaps, yes = PartState.PERHAPS, PartState.YES
    for told in (
        text_of(with_parts(answer, perhaps, perhaps)),
        feedback_text(with_parts(answer, perhaps)).split("\n"),
    ):
        assert told.count(meaning) == 1
        assert "not sure" in "\n".join(line for line in told if line != meaning)
        assert "perhaps" not in "\n".join(told)
    assert meaning not in text_of(with_parts(answer, yes, PartState.NO))
    assert meaning not in text_of(with_parts(answer, perhaps, level=4)), "there it is to be kept as it is"


def test_of_a_rubric_that_is_not_listed_only_what_is_named_behind_its_words_is_underlined() -> None:
    both = replace(CALM, rubrics=("motivation", "examples"))
    answer = answered("s", 0, both, STRONG)
    assert answer.scorecard
    assert answer.scorecard.reading
    spans = tuple(replace(span, quotable=False, sure=True) for span in answer.scorecard.reading.spans)
    unplaced = replace(
        answer, scorecard=replace(answer.scorecard, reading=replace(answer.scorecard.reading, spans=spans))
    )
    named = {part.element for part in parts_to_mark(answer)}
    assert {"occasion", "own_action", "attraction"} <= named
    assert {part.element for part in parts_to_mark(unplaced)} == {"attraction", "reason", "step", "plan"}
    alone = replace(unplaced, question=CALM)
    assert "own_action" in {part.element for part in parts_to_mark(alone)}


def test_the_best_of_a_weak_answer_is_marked() -> None:
    first = "\n".join(text_of(answered("s", 0, CALM, WEAK)))
    assert "[a claim, not a deed]" in first
    strong = answered("s", 0, CALM, STRONG)
    assert "[✓ your own part]" in " ".join(" ".join(text_of(strong)).split())
    assert "Level 0 of 4" in first


def test_each_part_is_a_line_with_the_words_that_are_it_or_that_it_was_not_heard() -> None:
    strong, weak = text_of(answered("s", 0, CALM, STRONG)), text_of(answered("s", 0, CALM, WEAK))
    parts = [line for line in strong if line.startswith("✓ ")]
    assert len(parts) >= 3
    assert sum("“" in line for line in parts) >= 2
    assert all("“" in line or line.endswith("heard") for line in parts)
    assert any(line.startswith("✗ your own part") and line.endswith("not heard yet") for line in weak)
    written = "\n".join(text_of(answered("s", 0, CALM, typed(WEAK))))
    assert "not found yet" in written
    assert "heard" not in written, "nobody heard what was typed"


def test_a_missing_part_has_a_colour_that_no_part_has() -> None:
    missing = Part("outcome", "what came of it", PartState.NO)
    assert sign_style(missing) == "bold $error"
    assert part_style(missing) == "$text-muted"


@pytest.mark.one_in(2)
@pytest.mark.parametrize("scene", ["feedback", "transcript"])
async def test_side_by_side_the_answer_is_left_and_both_columns_end_at_one_height(scene: str) -> None:
    async with visiting(size=(120, 40), reduced_motion=True) as driver:
        await SCENES[scene](driver)
        card = driver.app.screen.query_one(ScorecardView)
        left, right = (card.query_one(f"#card-{name}") for name in ("answer", "advice"))
        await driver.until(lambda: left.region.bottom == right.region.bottom, "equal edges")
        assert left.region.right <= right.region.x
        assert card.query_one("#card-verdict").region.bottom <= right.region.y


def test_the_reasons_say_in_words_what_counted_and_what_did_not() -> None:
    weak = "\n".join(text_of(answered("s", 0, CALM, WEAK), explain=True))
    assert "Did not count  a claim, not a deed: " in weak
    assert "+" not in weak
    strong = "\n".join(text_of(answered("s", 0, CALM, STRONG), explain=True))
    assert "Counted " in strong
    assert "Not asked for here" in strong


def test_a_part_that_is_not_clear_is_not_sure_in_the_reasons_as_in_the_list() -> None:
    part = Part("outcome", "what came of it", PartState.PERHAPS)
    cues = tuple(CueShare(cue, "", 1, 0.9) for cue in ("occasion", "outcome", "claim"))
    score = RubricScore("examples", 2, cues=cues, parts=(part,))
    groups = {head: [cue.cue for cue in cues] for head, cues in weighed(score)}
    assert groups == {"Counted": ["occasion"], "Not sure": ["outcome"], "Did not count": ["claim"]}


def test_by_a_rubric_of_ones_own_what_lowered_the_level_held_it_back() -> None:
    score = RubricScore("kindness", 1, cues=(CueShare("saw", "", 1, 0.5), CueShare("hedge", "", 1, -0.5)))
    assert {head: [cue.cue for cue in cues] for head, cues in weighed(score)} == {
        "Counted": ["saw"],
        "Held it back": ["hedge"],
    }


def test_words_that_may_be_a_part_are_shown_as_not_sure_and_cut_between_words() -> None:
    answer = answered("s", 0, CALM, STRONG)
    assert answer.scorecard
    reading = answer.scorecard.reading
    assert reading
    outcome = next(span for span in reading.spans if span.element == "outcome")
    answer = replace(answer, scorecard=replace(answer.scorecard, reading=replace(reading, spans=(outcome,))))
    sure = Part("outcome", "what came of it", PartState.YES)
    unquotable = replace(reading, spans=(replace(outcome, quotable=False, sure=False),))
    assert answer.scorecard
    unquoted = replace(answer, scorecard=replace(answer.scorecard, reading=unquotable))
    assert [row.plain.rstrip() for row in part_rows(unquoted, (sure,), 48)] == ["✓ what came of it  heard"]
    placed = replace(reading, spans=(replace(outcome, quotable=False, sure=True),))
    (row,) = part_rows(replace(answer, scorecard=replace(answer.scorecard, reading=placed)), (sure,), 48)
    assert row.plain.rstrip() == "✓ what came of it  heard", "of words that may be others none are shown"
    part = Part("outcome", "what came of it", PartState.PERHAPS)
    (row,) = part_rows(answer, (part,), 48)
    said = row.plain.partition("not sure: “")[2].removesuffix(" …”").split()
    assert row.plain.endswith(" …”"), "a quote that is cut is closed"
    assert " ".join(said).lower() in answer.transcript.text
    # Where lines are short but not few, the words stand below the name.
    name, *words = (row.plain for row in part_rows(answer, (part,), 48, 2))
    assert name.strip() == "◐ what came of it"
    assert all(line.startswith("  ") and len(line) <= 48 for line in words)


def test_where_one_skill_needs_work_nobody_is_told_to_keep_the_answer_as_it_is() -> None:
    answer = answered("s", 0, replace(CALM, rubrics=("motivation", "examples")), WEAK)
    assert answer.scorecard
    strong = replace(answer.scorecard.rubrics["motivation"], level=4, advice="Keep it as it is.", verdict="Clear.")
    card = replace(answer.scorecard, rubrics={**answer.scorecard.rubrics, "motivation": strong})
    told = {each.name: each for each in sections(replace(answer, scorecard=card), None, False, 76)}
    assert "What would help most now: concrete examples." in "\n".join(line.plain for line in told["verdict"].lines)
    assert told["advice"].title == "One thing to do"
    assert "Tell of one time like that" in " ".join(" ".join(line.plain for line in told["advice"].lines).split())


def test_a_follow_up_stands_apart_from_the_answer_before_it() -> None:
    answer = answered("s", 0, CALM, ANSWER)
    reply = Utterance("What did you take from it?", typed("i learned to call the ward first"), purpose="probe")
    both = replace(answer, utterances=(*answer.utterances, reply))
    both = replace(both, scorecard=score_answer(both.transcript, context_of(CALM)))
    lines = [line.strip() for line in text_of(both)]
    at = lines.index("Follow-up: What did you take from it?")
    assert lines[at - 1] == ""
    assert lines[at + 1].startswith("I learned")


def scrolling(view: FeedbackView, wanted: bool) -> bool:
    return view.show_vertical_scrollbar is wanted


def within_its_width(words: Static) -> bool:
    return max(map(len, str(words.render()).split("\n"))) <= words.size.width


async def test_feedback_is_wrapped_for_one_width_whether_it_scrolls_or_not() -> None:
    class Feedback(Screen[None]):
        def compose(self) -> ComposeResult:
            yield FeedbackView(id="feedback")

    async with running(size=(80, 24)) as driver:
        screen = Feedback()
        await driver.app.push_screen(screen)
        view, card = screen.query_one(FeedbackView), screen.query_one(ScorecardView)
        short, long = answered("s", 0, CALM, WEAK), answered("s", 0, CALM, f"{STRONG} {ANSWER} {ANSWER}", attempt=2)
        widths = set()
        for answer in (short, long, short):
            # As between two tries: what is shown next is drawn while the view is hidden.
            view.display = False
            await driver.pilot.pause()
            view.show(answer, None)
            view.display = True
            await driver.until(partial(scrolling, view, answer is long), "the scrollbar")
            await driver.until(partial(within_its_width, screen.query_one("#answer-words", Static)), "its width")
            widths.add(card.size.width)
        assert len(widths) == 1


def test_what_fits_the_job_stands_last_and_short() -> None:
    met = {f"{each} {'and so on ' * 30}": "I rang three bakeries." for each in ("baking", "ringing", "carrying")}
    card = replace(score_answer(typed(WEAK), context_of(CALM)), tailoring=Tailoring(met=met))
    drawn = sections(replace(answered("s", 0, CALM, WEAK), scorecard=card), None, False, 40)
    assert [each.name for each in drawn][-2:] == ["advice", "fits"]
    lines = [line.plain for line in drawn[-1].lines]
    assert lines[0] == "Fits this job"
    assert sum(line.startswith(("baking", "ringing", "carrying")) for line in lines) == 2
    assert not any(line.startswith("and so on") for line in lines)
