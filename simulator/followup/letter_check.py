"""What a careful friend would say of a letter before it is sent: length, names, presumption, holes, invented facts,
and sentences that are long, hang in the air, say the same twice, or say the opposite of what was said.

Pure; for a letter as drafted or as edited by the candidate. Each remark has its place in the text.
"""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from simulator.errors import UserError
from simulator.followup.dangling_references import dangles, sentences_of, stranger
from simulator.followup.greeting import TITLES, greeting_of, name_in_greeting, parts_of
from simulator.followup.interview_record import InterviewRecord, RecordedInterviewer
from simulator.followup.letter_phrases import GREETING, GROUP, group, holes, presumption
from simulator.followup.letter_remark import Remark, RemarkKind, noted
from simulator.followup.naming import role_in_text
from simulator.followup.shapes import is_stock, looked_for, stock_lines
from simulator.followup.story_lines import MOST_IN_LINE, TOPIC_WORDS, phrase_of, sentence_of, unreported
from simulator.followup.told_stories import SourceKind, likeness
from simulator.followup.tracing import Tracer, plain_words
from simulator.followup.wording_check import bullets, doubled, names_of_others, slips, spelled_otherwise

LEAST_WORDS, MOST_WORDS = 30, 180
"""A letter of half a page: shorter says nothing of its own, longer is not read to the end."""
SAYS_THE_SAME = 0.9
"""Likeness from which two sentences say the same."""
REMINDS = 0.2
"""Likeness from which a line names something that an interviewer said or asked."""
HURTING = 0.45
"""Likeness to what hurts from which a line is better put in another way."""
MOST_CHARS = 6_000
"""A text that is longer is no letter and is not looked through."""


def check_letter(text: str, person: RecordedInterviewer, record: InterviewRecord) -> tuple[Remark, ...]:
    """All remarks on a letter to `person`, in the order of the text."""
    if len(text) > MOST_CHARS:
        says = f"The text has {len(text)} characters, so it was not looked through; up to {MOST_CHARS} are."
        return (Remark(RemarkKind.LENGTH, says, "Is it the right file?"),)
    found = [
        *_length(text),
        *_salutation(text, person, record),
        *_names(text, record),
        *presumption(text),
        *_to_a_group(text, person),
        *holes(text),
        *_sentences(text, person, record),
        *_third_person(text, person, record),
        *_wording(text, record),
        *_topic(text, person, record),
    ]
    return tuple(sorted(set(found), key=lambda remark: (remark.start, remark.kind)))


def interviewer_of_letter(text: str, record: InterviewRecord) -> RecordedInterviewer:
    """The interviewer a letter is to, by its salutation. Raises UserError where it is to none of them."""
    found = GREETING.search(text)
    addressed = found["who"].strip() if found else ""
    for person in record.interviewers:
        if _is_name_of(addressed, person.name):
            return person
    names = [person.name for person in record.interviewers]
    near = difflib.get_close_matches(addressed, [*names, *(name.split()[-1] for name in names)], n=1, cutoff=0.6)
    if near:
        return next(person for person in record.interviewers if near[0] in (person.name, person.name.split()[-1]))
    if len(names) == 1:
        return record.interviewers[0]
    known = ", ".join(names) or "nobody"
    raise UserError(f"The letter is to '{addressed}', who did not interview.", f"Interviewers were {known}.")


_TITLE = re.compile(rf"(?:{'|'.join(TITLES)})\.? +", re.IGNORECASE)


def _length(text: str) -> Iterator[Remark]:
    count = len(text.split())
    if count < LEAST_WORDS:
        yield Remark(
            RemarkKind.LENGTH,
            f"The letter has {count} words, which is short.",
            "Add what you remember of this person, or one example of yours.",
        )
    elif count > MOST_WORDS:
        yield Remark(
            RemarkKind.LENGTH,
            f"The letter has {count} words; few read more than {MOST_WORDS}.",
            "Keep one example and leave the rest for the next conversation.",
        )


def _to_a_group(text: str, person: RecordedInterviewer) -> Iterator[Remark]:
    """What speaks to a group; "Dear Team Leader Iqbal" does not, where that is who the letter is to."""
    found = GREETING.search(text)
    theirs = found and _is_name_of(found["who"].strip(), person.name)
    for each in group(text):
        if not (found and theirs and found.start() <= each.start < found.end()):
            yield each


def _salutation(text: str, person: RecordedInterviewer, record: InterviewRecord) -> Iterator[Remark]:
    found = GREETING.search(text)
    right = greeting_of(person.name, first_name=False)
    if not found or not found["who"].strip():
        yield Remark(RemarkKind.NAME, "The letter does not greet anybody by name.", f"Begin with '{right}'.")
        return
    addressed = found["who"].strip()
    if GROUP.search(f"Dear {addressed}") and not _is_name_of(addressed, person.name):
        return
    start = text.index(addressed, found.start("who"))
    hint = f"Write '{right}'."
    if addressed != name_in_greeting(person.name, first_name=True) and addressed == person.name.split()[0]:
        yield noted(
            text, RemarkKind.NAME, start, start + len(addressed), f"“{addressed}” may be no name alone.", hint
        )
    elif _is_name_of(addressed, person.name):
        title = _TITLE.match(addressed)
        rest = addressed[title.end() :] if title else ""
        ranked = parts_of(addressed) if addressed == person.name else None
        if (title and len(rest.split()) > 1 and rest != parts_of(person.name).last) or (
            ranked and (ranked.title or ranked.byname) and len(ranked.names) > 1
        ):
            before = "a title" if title or (ranked and ranked.title) else "a byname"
            says = f"“{addressed}” has {before} with first and last name."
            yield noted(text, RemarkKind.NAME, start, start + len(addressed), says, hint)
        return
    other = next(
        (each.name for each in record.interviewers if each is not person and _is_name_of(addressed, each.name)), ""
    )
    says = (
        f"This letter is to {person.name}, but greets {other}."
        if other
        else f"'{addressed}' is not how {person.name} is spelled."
    )
    yield noted(text, RemarkKind.NAME, start, start + len(addressed), says, hint)


def _is_name_of(addressed: str, name: str) -> bool:
    """The whole name, the first or the last one, with or without a title."""
    plain, bare = _TITLE.sub("", addressed.strip(), count=1), _TITLE.sub("", name, count=1)
    parts, named = bare.split(), parts_of(name)
    usual = (name_in_greeting(name, first_name) for first_name in (True, False))
    known = (name, bare, parts[0], parts[-1], " ".join(parts[1:]), *usual, *named.names, named.last)
    return bool(plain) and not {plain, addressed}.isdisjoint((*known, " ".join(named.names)))


def _names(text: str, record: InterviewRecord) -> Iterator[Remark]:
    """Words that are nearly, but not quite, a name that is known."""
    names = [(person.name, word) for person in record.interviewers for word in person.name.split()]
    names += [(record.company, word) for word in record.company.split()]
    names += [(record.candidate, word) for word in record.candidate.split()]
    spelled = {word.strip(".,").replace("’", "'") for _, word in names}
    known = {re.sub(r"\W", "", word).lower() for word in spelled}
    tracer = {word.lower() for each in record.sources for word in re.findall(r"[^\W\d_]+", each.text)}
    stock = {word.lower() for line in stock_lines() for word in line.split()}
    greeting = GREETING.search(text)
    for found in re.finditer(r"[^\W\d_][\w'’.-]*[^\W_]", text):
        word = re.sub(r"['’]s$", "", found[0])
        plain = re.sub(r"\W", "", word).lower()
        if found[0].replace("’", "'") in spelled or word in spelled:
            continue
        if not word[0].isupper() or len(plain) < 4 or plain in stock or (plain in tracer and plain not in known):
            continue
        if greeting and greeting.start() <= found.start() < greeting.end():
            continue
        near = difflib.get_close_matches(plain, sorted(known), n=1, cutoff=0.78)
        if near:
            whole = next(name for name, each in names if re.sub(r"\W", "", each).lower() == near[0])
            yield noted(
                text,
                RemarkKind.NAME,
                found.start(),
                found.start() + len(word),
                f"'{word}' looks like a misspelling.",
                f"The name is {whole}.",
            )


_INVENTED = {
    "number": "Nothing you said or stored has the number “{words}”.",
    "name": "“{words}” is named nowhere in what you said or stored.",
    "deed": "Nothing you said or stored tells this: “{words}”",
    "said": "Nobody is noted to have said this: “{words}”",
}


def _sentences(text: str, person: RecordedInterviewer, record: InterviewRecord) -> Iterator[Remark]:
    """What is odd about single sentences, and about one beside another."""
    tracer = _tracer(record)
    places = sentence_places(text)
    whole = sentences_of(sentence_of(record.lines.of(person.id).why or unreported(record.reason)))
    before: list[str] = []
    paragraph: list[str] = []
    end_before = 0
    for start, end in places:
        sentence = " ".join(text[start:end].split())
        paragraph = [] if "\n\n" in text[end_before:start].replace("\r", "") else paragraph
        end_before = end
        for claim in tracer.unknown(sentence):
            at = text[start:end].find(claim.words) if claim.kind in ("number", "name") else 0
            place = (start + at, start + at + len(claim.words)) if at > 0 else (start, end)
            hint = (
                "Check your notes." if claim.kind == "said" else "Keep it only if it is true, and note it as a story."
            )
            yield noted(text, RemarkKind.INVENTED, *place, _INVENTED[claim.kind].format(words=claim.words), hint)
        if other := tracer.contrary(sentence):
            says = f"You said the opposite: “{other}”"
            yield noted(text, RemarkKind.CONTRARY, start, end, says, "Say it as you said it, or leave it out.")
        if is_stock(sentence):
            continue
        if len(sentence.split()) > MOST_IN_LINE:
            says = f"This sentence has {len(sentence.split())} words; up to {MOST_IN_LINE} are easy to read."
            yield noted(text, RemarkKind.LONG, start, end, says, "Make two of it, or leave something out.")
        if sentence in whole and (unnamed := stranger(sentence)):
            says = f"“{unnamed}” may be {person.name}, whom the letter is to."
            yield noted(text, RemarkKind.THIRD_PERSON, start, end, says, "Write it as you would say it to them.")
        torn = _before_it_was_told(sentence, record)
        if (torn and plain_words(torn) not in plain_words(text) and dangles([sentence], after=True)) or (
            not paragraph and sentence not in whole and dangles([sentence], opens=True)
        ):
            says = "Whom or what this sentence means is not said before it."
            yield noted(text, RemarkKind.HANGING, start, end, says, "Name it: “a customer”, “the till”.")
        if len(sentence.split()) > 3 and likeness(sentence, before) >= SAYS_THE_SAME:
            yield noted(
                text, RemarkKind.REPEATED, start, end, "The letter has said this already.", "Take one of the two out."
            )
        before.append(sentence)
        paragraph.append(sentence)


def _before_it_was_told(sentence: str, record: InterviewRecord) -> str:
    """The sentence that stood before this one where it was told in the same words; "" where there is none."""
    for told in record.told:
        for before, each in pairwise(sentences_of(told.text)):
            if plain_words(each) == plain_words(sentence):
                return before
    return ""


def _third_person(text: str, person: RecordedInterviewer, record: InterviewRecord) -> Iterator[Remark]:
    """The addressee's name inside the letter, where "you" belongs."""
    names = [word for word in parts_of(person.name).names if len(word) > 1 and not word[0].islower()]
    company = [found.span() for found in re.finditer(re.escape(record.company), text)] if record.company else []
    for start, end in sentence_places(text):
        for found in (
            re.finditer(rf"\b(?:{'|'.join(map(re.escape, names))})\b(?!@)", text[start:end]) if names else ()
        ):
            first, last = start + found.start(), start + found.end()
            if any(begin <= first < behind for begin, behind in company):
                continue
            says = f"The letter is to {person.name} and speaks of “{found[0]}”."
            yield noted(text, RemarkKind.THIRD_PERSON, first, last, says, "Write “you” instead.")
            break


def _wording(text: str, record: InterviewRecord) -> Iterator[Remark]:
    for start, end in bullets(text):
        yield noted(
            text, RemarkKind.BULLET, start, end, "A list mark stands here.", "Write a whole sentence instead."
        )
    for start, end in doubled(text):
        says = f"“{text[start:end]}” has a word twice."
        yield noted(text, RemarkKind.DOUBLED, start, end, says, "Take one out.")
    for start, end in slips(text):
        says = f"“{' '.join(text[start:end].split())}” may be a slip of grammar."
        yield noted(text, RemarkKind.SLIP, start, end, says, "Read it aloud.")
    for found in re.finditer(rf"\b{re.escape(record.role)}\b", text, re.I) if record.role else ():
        if found[0] not in (record.role, role_in_text(record.role)):
            hint = f"Write “{role_in_text(record.role)}”."
            yield noted(text, RemarkKind.NAME, *found.span(), f"“{found[0]}” is written in another way.", hint)
    known = (
        record.candidate,
        record.company,
        record.role,
        *(part for each in record.interviewers for part in (each.name, each.role)),
    )
    told = [each.text for each in record.sources if each.kind in (SourceKind.ANSWER, SourceKind.DEBRIEF)]
    around = " ".join((text, *told))
    job = [each.text for each in record.sources if each.kind in (SourceKind.JOB, SourceKind.SAID)]
    written = [each.text for each in record.sources if each.written and each.kind is not SourceKind.LINE]
    for start, end in sentence_places(text):
        for first, last, other in spelled_otherwise(text[start:end], written):
            says = f"“{text[start + first : start + last]}” was “{other}” when it was said."
            yield noted(text, RemarkKind.SLIP, start + first, start + last, says, "Which of the two is meant?")
        for first, last in names_of_others(text[start:end], (*known, *job), around):
            name = text[start + first : start + last]
            says = f"Is “{name}” somebody? A client, patient or colleague is better not named."
            yield noted(
                text, RemarkKind.SOMEBODY, start + first, start + last, says, "Write “a customer” or “a colleague”."
            )


def _topic(text: str, person: RecordedInterviewer, record: InterviewRecord) -> Iterator[Remark]:
    """The line on what they said: short, theirs, and nothing that hurts to read."""
    topic = phrase_of(record.lines.of(person.id).topic)
    start = text.find(topic.removeprefix("that ")) if topic else -1
    if start < 0:
        return
    place = (start, start + len(topic.removeprefix("that ")))
    count = len(topic.split())
    if count not in TOPIC_WORDS:
        says = f"What {person.name} said is named in {count} words."
        hint = "3 to 12 read best: “the long wait at the desk”."
        yield noted(text, RemarkKind.SAID, *place, says, hint)
    theirs = (*person.priorities, *person.asked)
    if theirs and likeness(topic, theirs) < REMINDS:
        says = f"Nothing is noted that {person.name} said or asked of this kind."
        yield noted(text, RemarkKind.SAID, *place, says, "Keep it if you remember it.")
    if likeness(topic, looked_for("hurts")) >= HURTING:
        hint = "Name the matter itself, without blame, quarrel or loss of money."
        yield noted(text, RemarkKind.SAID, *place, "This may be unpleasant to read in a letter.", hint)


@lru_cache(maxsize=4)
def _tracer(record: InterviewRecord) -> Tracer:
    return Tracer(record)


_CLOSING = re.compile(
    r"(?:(?:with )?(?:kind|best|warm) regards|regards|best wishes|yours(?: sincerely| faithfully| truly)?|"
    r"sincerely(?: yours)?|with thanks|many thanks|thank you),?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]+[”’\"')]*(?=\s|$)")


def sentence_places(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a letter's body begin and end; without the greeting, the closing and the name."""
    found: list[tuple[int, int]] = []
    begin: int | None = None
    at = 0
    greeted = False
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if not greeted and GREETING.match(line):
            greeted, plain = True, ""
        if not plain or _CLOSING.fullmatch(plain):
            if begin is not None:
                found.append((begin, at))
            begin = None
            if plain:
                break
        else:
            start = at + len(line) - len(line.lstrip())
            begin = start if begin is None else begin
            stops = [at + each.end() for each in _SENTENCE.finditer(line.rstrip())]
            for stop in stops:
                if begin is not None and stop > begin:
                    found.append((begin, stop))
                rest = text[stop : at + len(line)]
                begin = stop + len(rest) - len(rest.lstrip()) if rest.strip() else None
        at += len(line)
    else:
        if begin is not None:
            found.append((begin, len(text)))
    trimmed = ((first, first + len(text[first:last].rstrip())) for first, last in found)
    return [(first, last) for first, last in trimmed if re.search(r"\w", text[first:last])]
