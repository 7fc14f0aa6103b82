"""What headings of lists mean: columns, kinds, asides; in five languages (`assets/import_headings.yaml`)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from simulator.paths import shipped
from simulator.questions.bank import Kind, Probe
from simulator.texts import without_accents
from simulator.yaml_nodes import load_yaml

_EXAMPLE = re.compile(r"example (\d{1,2}) (who|level|answer|remark)")
_PROBE_FOR = re.compile(r"(?:probe|follow[- ]?up)s?(?: for)?[ :.(-]*(?:an? |the )?(\w+)\)?(?: is missing)?")
_UNITS = ((re.compile(r"\b(?:min|mins|minute[ns]?|minut(?:os|er))\b"), "minutes"),
          (re.compile(r"\b(?:s|sec|secs|seconds?|sek|sekunde[nr]?|secondes|seg|segundos)\b"), "seconds"))  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_yaml(shipped("assets") / "import_headings.yaml")
    return words


def bare(text: str) -> str:
    """A text to be compared: small letters without accents, single spaces."""
    return " ".join(without_accents(text).split())


def _heading(text: str) -> str:
    """A heading to be compared; "followUp" and "follow_up" are two words."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.strip()) if not text.isupper() else text
    return bare(parted.replace("_", " ")).strip(" :*#?!.") or bare(text).strip()


@lru_cache(maxsize=1)
def _roles() -> Mapping[str, str]:
    return {bare(str(name)).strip(" :*?!."): role for role, names in _words()["roles"].items() for name in names}


def named_role(heading: str) -> str:
    """What a heading that is listed as a whole means: a field of a question, "probe:result" and the like, or ""."""
    name = _heading(heading)
    if not name or len(name) > 80:
        return ""
    probe = _PROBE_FOR.fullmatch(name)
    if probe and probe[1] in list(Probe):
        return f"probe:{probe[1]}"
    if example := _EXAMPLE.fullmatch(name):
        return f"example:{example[1]}:{example[2]}"
    return _roles().get(name) or _roles().get(re.sub(r"[ .-]*#?\d{1,3}[.)]?$", "", name), "")


def role_of(heading: str) -> str:
    """What a column holds by its heading: listed whole, with a unit or a remark in brackets, in two languages, or as
    a part of a longer word."""
    return _role_of(heading) if len(heading) <= 200 else ""


@lru_cache(maxsize=4_000)
def _role_of(heading: str) -> str:
    found = named_role(heading)
    name = _heading(heading)
    if len(name) > 80:
        return ""
    if not found:
        pieces = [piece for piece in re.split(r"[/|(),;:\[\]]| - ", name) if piece.strip()]
        found = next(filter(None, map(named_role, pieces)), "") if len(pieces) > 1 else ""
    if not found and len(name.split()) <= 6:
        # "Worauf achten wir?" has a listed heading of several words in it.
        whole = f" {name} "
        found = next((role for phrase, role in _roles().items() if " " in phrase and f" {phrase} " in whole), "")
    if not found and len(name.split()) <= 6:
        for role, stems in _words()["stems"].items():
            if any(
                re.search(rf"(?:\b{re.escape(stem)}|{re.escape(stem)}(?:[ens]|s|en|or)?\b)", name) for stem in stems
            ):
                found = role
                break
    if found == "target":
        return next((role for pattern, role in _UNITS if pattern.search(name)), found)
    return found


def meanings() -> Mapping[str, list[str]]:
    """What each role means, in English sentences."""
    found: Mapping[str, list[str]] = _words()["meanings"]
    return found


def kind_meanings() -> Mapping[str, list[str]]:
    """What headings of each kind mean, in English words; under "none" those that say nothing of a kind."""
    found: Mapping[str, list[str]] = _words()["kind_meanings"]
    return found


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Kind]:
    return {bare(word).strip("."): Kind(kind) for kind, words in _words()["kinds"].items() for word in words}


def kind_named(text: str) -> Kind | None:
    """The kind that a column or a heading names ("Behavioral questions"), None where it names none or two."""
    if len(text) > 120:
        return None
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", bare(text))
    known = _kinds()
    # "forces-weaknesses" and "self-motivation" name no kind; "Stärken-Fragen" does.
    named = {known[word] for word in words if word in known}
    return next(iter(named)) if len(named) == 1 and len(words) <= 6 else None


@lru_cache(maxsize=1)
def _asides() -> re.Pattern[str]:
    words = sorted({bare(word).strip(".") for word in _words()["asides"]}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")


@lru_cache(maxsize=1)
def _aside_headings() -> re.Pattern[str]:
    who = "|".join(map(bare, _words()["interviewers"]))
    return re.compile(
        rf"(?:the )?(?:(?:{who})(?:'?s)? )?{_asides().pattern}(?: ?\(.*| - .*|"
        rf" (?:before|after|during|vor|nach|avant|apres|antes|despues|fore|efter|infor)\b.*|"
        rf" (?:for|to|fur|an|pour|aux?|para|for|till) (?:\w+ ){{0,2}}(?:{who}).*)?"
    )


def is_aside_heading(heading: str) -> bool:
    """Whether a heading stands over what is not asked: a checklist, reminders, notes for the interviewers."""
    return bool(_aside_headings().fullmatch(_heading(heading)[:80]))


_ASIDE_VERBS = re.compile(r"(?:remember|don't forget|do not forget|make sure|please note|nicht vergessen|kom ihag|"
                          r"n'oubliez pas|no olvide[sn]?|recuerde[sn]?)\b")  # fmt: skip


def aside_of(words: str) -> str | None:
    """The rest of a line that is a note or a reminder ("Note: ..."), None where it is none."""
    low = bare(words[:60])
    found = _asides().match(low)
    if found and low[found.end() : found.end() + 1] == ":":
        return words.split(":", 1)[1].strip()
    return words if _ASIDE_VERBS.match(low) else None
