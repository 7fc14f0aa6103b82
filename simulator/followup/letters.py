"""Thank-you letters after an interview: one for each interviewer, made only of what was said.

Every sentence that claims something carries its source; where a fact is missing its sentence is left
out, so that no letter has a hole or an invention.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.interview.interviewer import Interviewer
from simulator.scoring.scorecard import Quote
from simulator.sessions.session import Answer, Learned, LearnedKind, Session, is_closing

GOOD_ENOUGH = 3
"""From this level on an answer's story is worth naming in a letter."""
LEAST_WORDS, MOST_WORDS = 4, 18


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a letter. `source` says where it comes from ("" for courtesy)."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one interviewer."""

    interviewer_id: str
    to: str
    subject: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    signed: str = ""

    @property
    def text(self) -> str:
        """The letter as plain text."""
        body = "\n\n".join(" ".join(sentence.text for sentence in part) for part in self.paragraphs if part)
        name = f"\n{self.signed}" if self.signed else ""
        return f"Dear {self.to},\n\n{body}\n\nKind regards{name}\n"


def draft_letters(session: Session, interviewers: Sequence[Interviewer]) -> tuple[Letter, ...]:
    """One letter for each interviewer of a session; they differ where the people do."""
    answers = [answer for answer in session.latest_attempts() if answer.scorecard and answer.scorecard.scored]
    told: set[str] = set()
    letters = []
    for interviewer in interviewers:
        story = _story_for(interviewer, answers, told)
        if story:
            told.add(story.id)
        learned = [known for known in session.learned if known.interviewer_id == interviewer.id]
        parts = (
            tuple(_thanks(interviewer, learned)),
            tuple(_interest(answers, story)),
            (Sentence("If anything is still open, you can reach me easily."),),
        )
        letters.append(
            Letter(
                interviewer_id=interviewer.id,
                to=interviewer.name,
                subject="Thank you for the conversation",
                paragraphs=parts,
                signed=session.candidate_name,
            )
        )
    return tuple(letters)


def _thanks(interviewer: Interviewer, learned: Sequence[Learned]) -> Iterator[Sentence]:
    yield Sentence("thank you for taking the time to speak with me.".capitalize())
    for known in learned[:1]:
        what = _seen_from_outside(_lowered(known.text))
        source = f"what {known.interviewer_name} said in the interview"
        if known.kind is LearnedKind.PRIORITY:
            yield Sentence(
                f"You said that what matters most to you is {what}, and I have thought about it since.", source
            )
        else:
            yield Sentence(f"What you told me stayed with me: {what}.", source)


def _interest(answers: Sequence[Answer], story: Answer | None) -> Iterator[Sentence]:
    reason = _best(answers, "motivation")
    if reason:
        answer, quote = reason
        words = f"“{_as_said(quote.text)}”: that is still why I would be glad to do this work."
        yield Sentence(words, f"your answer to “{answer.question.ask}”")
    if story and story.scorecard:
        short = _short_quotes(story.scorecard.rubrics["examples"].quotes)
        if short:
            words = (
                f"Of what I told you, this is what I would most like you to remember: “{_as_said(short[0].text)}”."
            )
            yield Sentence(words, f"your answer to “{story.question.ask}”")


def _short_quotes(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes that can stand in a letter: long enough to say something, short enough to be read."""
    return [quote for quote in quotes if LEAST_WORDS <= len(_as_said(quote.text).split()) <= MOST_WORDS]


def _story_for(interviewer: Interviewer, answers: Sequence[Answer], told: set[str]) -> Answer | None:
    """The best story this interviewer asked for, or cares about, that no other letter tells."""
    candidates = [
        answer
        for answer in answers
        if answer.scorecard and (answer.scorecard.level("examples") or 0) >= GOOD_ENOUGH and answer.id not in told
    ]
    return max(
        candidates,
        key=lambda answer: (
            answer.interviewer_id == interviewer.id,
            answer.question.competency in interviewer.competencies,
            answer.scorecard.level("examples") or 0 if answer.scorecard else 0,
        ),
        default=None,
    )


def _best(answers: Sequence[Answer], rubric: str) -> tuple[Answer, Quote] | None:
    scored = [
        (answer.scorecard.level(rubric) or 0, answer)
        for answer in answers
        if answer.scorecard and not is_closing(answer) and (answer.scorecard.level(rubric) or 0) >= 2
    ]
    for _, answer in sorted(scored, key=lambda pair: -pair[0]):
        assert answer.scorecard
        quotes = _short_quotes(answer.scorecard.rubrics[rubric].quotes)
        if quotes:
            return answer, quotes[0]
    return None


_JOINTS = ("and ", "so ", "but ", "um ", "uh ", "because ", "well ")


def _as_said(text: str) -> str:
    """The candidate's words without the joints and hesitations of speech; "i" written as a letter needs it."""
    words = [word for word in text.split() if word not in ("um", "uh", "er")]
    plain = " ".join(words)
    while plain.startswith(_JOINTS):
        plain = plain.partition(" ")[2]
    fixed = [
        {"i": "I", "i'm": "I'm", "i've": "I've", "i'd": "I'd", "i'll": "I'll"}.get(word, word)
        for word in plain.split()
    ]
    return " ".join(fixed).rstrip(".")


def _lowered(text: str) -> str:
    text = text.strip().rstrip(".")
    first = text.split()[0] if text else ""
    return text if first in ("I", "I'm") else text[:1].lower() + text[1:]


_FROM_OUTSIDE = {"our": "your", "we": "you", "us": "you", "ours": "yours", "my": "your", "i": "you", "me": "you"}


def _seen_from_outside(text: str) -> str:
    """An interviewer's words as the candidate repeats them: "our handover" becomes "your handover"."""
    return " ".join(_FROM_OUTSIDE.get(word.lower(), word) for word in text.split())
