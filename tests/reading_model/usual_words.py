"""The words that everybody says in such answers, with how often: counted in the marked answers.

    python -m tests.reading_model.usual_words      # writes assets/reading/usual_words.yaml

"My phrases" leaves them out unless somebody says them far more often than is usual.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from simulator.paths import shipped
from simulator.reading.reader import bare
from simulator.sessions.my_phrases import runs
from tests.reading_model.marks import answers_in

ANSWERS = Path(__file__).parent / "answers"
OF_A_HUNDRED, OF_A_THOUSAND = 2, 4
"""A word is usual where so many of a hundred answers have it, three words in a row where so many of a thousand do."""
HEAD = (
    "# How often in 10,000 words everybody says these; made by tests/reading_model/usual_words.py from the\n"
    "# marked answers. 'My phrases' leaves out what is usual.\n"
)


def usual(answers: Iterable[Sequence[str]]) -> str:
    """The file's text."""
    told: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    answered: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    total = count = 0
    for words in answers:
        total, count = total + len(words), count + 1
        for said, within, found in zip(told, answered, (list(words), list(runs(words, 3))), strict=True):
            said.update(found)
            within.update(set(found))
    lines = [HEAD]
    for said, within, least in zip(told, answered, (OF_A_HUNDRED / 100, OF_A_THOUSAND / 1000), strict=True):
        lines.extend(
            f'"{text}": {said[text] / total * 10_000:.1f}\n'
            for text in sorted(said, key=lambda text: (-said[text], text))
            if within[text] >= least * count
        )
    return "".join(lines)


def marked() -> list[list[str]]:
    """The words of every marked answer."""
    files = sorted(ANSWERS.glob("*.txt"))
    return [[word for raw in each.words if (word := bare(raw))] for path in files for each in answers_in(path)]


if __name__ == "__main__":
    (shipped("assets") / "reading" / "usual_words.yaml").write_text(usual(marked()), encoding="utf-8")
