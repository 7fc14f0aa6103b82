"""Everything that is wrong with a rubric file, each with its place and what to write instead."""

import re
from collections.abc import Sequence
from pathlib import Path

from simulator.data_files import (
    BrokenFile,
    Checker,
    Entries,
    Field,
    Finding,
    Items,
    Node,
    Text,
    nearest,
    parse_yaml,
    read_text,
    shown,
)
from simulator.paths import shipped
from simulator.questions.bank import Kind
from simulator.questions.bank_files import RUBRICS
from simulator.reading.elements import elements
from simulator.scoring.phrases import USUAL_GAP, BadPhrase, pattern_of
from simulator.scoring.rubric import STEPS, Rubric, rubric_from

LARGEST_CAP = 20
LONGEST_ID = 40
LONGEST_TITLE = 40
LONGEST_LABEL = 80
LONGEST_PHRASE = 500
MOST_WAYS = 500
"""In so many ways one phrase may be read: gaps and words in brackets multiply, and the answer is waited for."""
_ID = r"[a-z][a-z0-9_]*"
_ID_WORDS = "Write small letters, digits and _, beginning with a letter."
_TOP = ("rubric", "title", "description", "levels", "cues", "cuts", "conditions", "prior", "advice")
_CUE = ("label", "phrases", "element", "cap", "weight", "unless", "against")
_LEVEL = (Field("name", required=True, longest=40), Field("anchor", required=True, longest=400))
_CONDITION = ("at_most", "without", "missing")


def check_rubric(path: Path) -> list[Finding]:
    """All findings of one rubric file, in the order of the file; none where it is in order."""
    try:
        read_checked_rubric(path)
    except BrokenFile as broken:
        return list(broken.findings)
    return []


def read_checked_rubric(path: Path) -> Rubric:
    """The rubric in a file of the user's. Raises BrokenFile with all that is wrong."""
    return parse_rubric(read_text(path), path)


def parse_rubric(text: str, path: Path) -> Rubric:
    """The rubric in a text; `path` is what findings name. Raises BrokenFile with all that is wrong."""
    checker = Checker(path)
    root = parse_yaml(text, path)
    if isinstance(root, Entries):
        _rubric(checker, root)
    else:
        checker.find(root, "a rubric should be a mapping of keys to values.", "Begin with 'rubric: my_rubric'.")
    checker.finish()
    return rubric_from(root, path)


def _rubric(checker: Checker, root: Entries) -> None:
    parts = _keys(checker, root, _TOP, "a rubric", ("rubric", "levels", "cues", "cuts"))
    name = _text(checker, parts.get("rubric"), "rubric", _ID, _ID_WORDS)
    if name in RUBRICS and checker.path.resolve().parent != (shipped("assets") / "rubrics").resolve():
        checker.find(parts["rubric"], f"'{name}' is a rubric that comes with the app.", "Choose another name.")
    _text(checker, parts.get("title"), "title", longest=LONGEST_TITLE)
    _text(checker, parts.get("description"), "description")
    _levels(checker, parts.get("levels"))
    families = _cues(checker, parts.get("cues"))
    _cuts(checker, parts.get("cuts"))
    _conditions(checker, parts.get("conditions"), families)
    _prior(checker, parts.get("prior"))
    _advice(checker, parts.get("advice"))


def _keys(
    checker: Checker, node: Entries, known: Sequence[str], what: str, required: Sequence[str] = ()
) -> dict[str, Node]:
    parts: dict[str, Node] = {}
    for key, value in node.pairs:
        if key.value in parts:
            checker.find(key, f"'{shown(key.value)}' stands here a second time.", "Keep one of the two.")
        elif key.value not in known:
            checker.find(key, f"'{shown(key.value)}' is not a key of {what}.", nearest(key.value, known))
        else:
            parts[key.value] = value
    for name in required:
        if name not in parts:
            checker.find(node, f"{what} has no '{name}'.", f"Add '{name}:'.")
    return parts


def _text(
    checker: Checker, node: Node | None, name: str, pattern: str = "", words: str = "", longest: int = 0
) -> str:
    if node is None:
        return ""
    parent = Entries([(Text(name, node.line, node.column), node)], node.line, node.column)
    longest = longest or (LONGEST_ID if pattern else 1_000)
    record = checker.record(parent, [Field(name, pattern=pattern, pattern_words=words, longest=longest)])
    return str(record.get(name) or "")


def _number(checker: Checker, node: Node, name: str, least: float | None, most: float | None) -> float | None:
    parent = Entries([(Text(name, node.line, node.column), node)], node.line, node.column)
    value = checker.record(parent, [Field(name, "decimal", least=least, most=most)]).get(name)
    return None if value is None else float(value)


def _whole(checker: Checker, node: Node, name: str, least: int, most: int) -> None:
    number = _number(checker, node, name, least, most)
    if number is not None and number != int(number):
        checker.find(node, f"'{name}' should be a whole number.", f"Write {least} to {most}.")


def _levels(checker: Checker, node: Node | None) -> None:
    if node is None:
        return
    if not isinstance(node, Entries):
        checker.find(
            node, "'levels' should map 0 to 4 to a name and an anchor.", "Write 0: {name: ..., anchor: ...}."
        )
        return
    known = [str(number) for number in range(STEPS + 1)]
    parts = _keys(checker, node, known, "'levels'", known)
    for number, value in parts.items():
        checker.record(value, _LEVEL, f"level {number}")
    order = [key.value for key, _ in node.pairs if key.value in known]
    if order != sorted(order):
        checker.find(node, "the levels are not in order.", "Write them from 0 to 4.")


def _cues(checker: Checker, node: Node | None) -> set[str]:
    if node is None:
        return set()
    if not isinstance(node, Entries) or not node.pairs:
        checker.find(node, "'cues' should map names to cue families.", "Write my_cue: {label: ..., phrases: [...]}.")
        return set()
    families: set[str] = set()
    for key, value in node.pairs:
        _text(checker, key, "name of a cue family", _ID, _ID_WORDS)
        if key.value in families:
            checker.find(key, f"'{shown(key.value)}' stands here a second time.", "Keep one of the two.")
        families.add(key.value)
        _family(checker, key, value, [each.value for each, _ in node.pairs])
    return families


def _family(checker: Checker, key: Text, node: Node, families: Sequence[str]) -> None:
    what = f"cue family '{shown(key.value)}'"
    if not isinstance(node, Entries):
        checker.find(
            node, f"cue family '{shown(key.value)}' should have a label and phrases.", "Write label: and phrases:."
        )
        return
    parts = _keys(checker, node, _CUE, f"cue family '{shown(key.value)}'", ("label",))
    _text(checker, parts.get("label"), "label", longest=LONGEST_LABEL)
    if ("phrases" in parts) == ("element" in parts):
        checker.find(key, f"{what} needs either phrases or an element.", "Write phrases: [...].")
    if "element" in parts:
        name = _text(checker, parts["element"], "element")
        if name and name not in elements():
            checker.find(parts["element"], f"there is no element '{shown(name)}'.", nearest(name, sorted(elements())))
    if "phrases" in parts:
        _phrases(checker, parts["phrases"])
    if "cap" in parts:
        _whole(checker, parts["cap"], "cap", 1, LARGEST_CAP)
    if "weight" in parts:
        _per_step(checker, parts["weight"], "weight", least=0)
    _family_names(checker, parts.get("unless"), "unless", families)
    switch = parts.get("against")
    if switch is not None and (not isinstance(switch, Text) or switch.value not in ("true", "false")):
        checker.find(switch, "'against' is a switch.", "Write true or false.")


def _phrases(checker: Checker, node: Node) -> None:
    if not isinstance(node, Items):
        checker.find(node, "'phrases' should be a list.", "Begin each phrase with '- '.")
        return
    if not node.nodes:
        checker.find(node, "'phrases' is an empty list.", "Add one phrase at least.")
    seen: set[str] = set()
    for phrase in node.nodes:
        if not isinstance(phrase, Text):
            checker.find(phrase, "a phrase should be words.", "Write the words with spaces between them.")
            continue
        if len(phrase.value) > LONGEST_PHRASE:
            checker.find(phrase, f"a phrase has {len(phrase.value)} characters.", f"At most {LONGEST_PHRASE} fit.")
            continue
        if phrase.value in seen:
            checker.find(phrase, f"'{shown(phrase.value)}' stands here twice.", "Keep one.")
        seen.add(phrase.value)
        try:
            pattern_of(phrase.value)
        except BadPhrase as error:
            what, _, instead = str(error).partition(". ")
            checker.find(phrase, shown(f"{what}.", 200), instead)
            continue
        if _ways(phrase.value) > MOST_WAYS:
            checker.find(
                phrase, f"'{shown(phrase.value)}' can be read in too many ways.", "Use fewer gaps and brackets."
            )


def _ways(phrase: str) -> int:
    ways = 1
    for written in phrase.split():
        gap = re.fullmatch(r"\.\.\.(\d*)", written)
        ways *= int(gap[1] or USUAL_GAP) + 1 if gap else 2 if written.startswith("(") else 1
    return ways


def _per_step(checker: Checker, node: Node, name: str, least: float | None) -> list[float]:
    values: list[float] = []
    if isinstance(node, Items):
        if len(node.nodes) != STEPS:
            checker.find(node, f"'{name}' has {len(node.nodes)} numbers.", f"Write {STEPS}, one for each step up.")
        for entry in node.nodes:
            value = _number(checker, entry, name, least, None)
            if value is not None:
                values.append(value)
    else:
        value = _number(checker, node, name, least, None)
        values = [] if value is None else [value]
    return values


def _cuts(checker: Checker, node: Node | None) -> None:
    if node is None:
        return
    values = _per_step(checker, node, "cuts", None)
    if isinstance(node, Items) and len(values) == STEPS and values != sorted(values):
        checker.find(node, "the cut points do not rise.", "Write them from the lowest to the highest.")


def _conditions(checker: Checker, node: Node | None, families: set[str]) -> None:
    if node is None:
        return
    if not isinstance(node, Items):
        checker.find(node, "'conditions' should be a list.", "Begin each condition with '- '.")
        return
    for entry in node.nodes:
        if not isinstance(entry, Entries):
            checker.find(
                entry, "a condition should be a mapping.", "Write {at_most: 2, without: [...], missing: ...}."
            )
            continue
        parts = _keys(checker, entry, _CONDITION, "a condition", _CONDITION)
        if "at_most" in parts:
            _whole(checker, parts["at_most"], "at_most", 0, STEPS - 1)
        _text(checker, parts.get("missing"), "missing")
        _family_names(checker, parts.get("without"), "without", sorted(families))


def _family_names(
    checker: Checker, node: Node | None, key: str, known: Sequence[str], what: str = "cue family"
) -> None:
    if node is None:
        return
    if not isinstance(node, Items):
        checker.find(node, f"'{key}' should be a list.", "Write [one, two].")
        return
    if not node.nodes:
        checker.find(node, f"'{key}' is an empty list.", f"Name one {what} at least.")
    for name in node.nodes:
        if not isinstance(name, Text):
            checker.find(name, f"this is not the name of a {what}.", "Write one name.")
        elif name.value not in known:
            checker.find(name, f"there is no {what} '{shown(name.value)}'.", nearest(name.value, known))


def _prior(checker: Checker, node: Node | None) -> None:
    if node is None:
        return
    if not isinstance(node, Entries):
        checker.find(node, "'prior' should map kinds of question to four numbers.", "Write motivation: [0, 0, 0, 0].")
        return
    for kind, value in _keys(checker, node, [kind.value for kind in Kind], "'prior'").items():
        _per_step(checker, value, kind, None)


def _advice(checker: Checker, node: Node | None) -> None:
    if node is None:
        return
    if not isinstance(node, Entries):
        checker.find(node, "'advice' should map levels to texts.", 'Write "0": ... .')
        return
    for number, value in _keys(checker, node, [str(n) for n in range(STEPS + 1)], "'advice'").items():
        _text(checker, value, f"advice for level {number}")
