"""What a posting says about itself: role, company, place, contact. What it does not say stays "".

Labels ("Location: Leeds") are believed first, then the first lines, then sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.preparation.posting_text import Line

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][\w'’-]+(?: (?:de|van|von|da|al|bin))?(?: [A-Z][\w'’-]+){1,2}"
_COMPANY = r"[A-Z0-9][\w&.'’-]*(?: (?:[A-Z0-9&][\w&.'’-]*|of|and|the|for|on))*?(?: [A-Z0-9][\w&.'’-]*)?"
_LABELS = {
    "role": r"(?:job title|title|position|role|vacancy|post|job|we are hiring|now hiring|hiring)",
    "company": r"(?:company|employer|organisation|organization|firm|school|hospital|client)",
    "place": r"(?:location|place|place of work|workplace|based|based in|based at|where|city|site|office|address)",
    "contact": r"(?:contact|contact person|your contact|questions|questions to|any questions|enquiries"
    r"|informal enquiries|recruiter"
    r"|hiring manager|reports to|ask for)",
}
ROLE_WORD = re.compile(
    r"\b(?:manager|assistant|nurse|teacher|engineer|developer|cook|chef|clerk|officer|analyst|driver|worker"
    r"|technician|"
    r"designer|consultant|advisor|adviser|accountant|administrator|coordinator|supervisor|lead|leader|specialist|"
    r"representative|receptionist|electrician|plumber|carpenter|joiner|mechanic|cleaner|carer|caretaker|therapist|"
    r"physiotherapist|pharmacist|doctor|midwife|editor|writer|journalist|librarian|lawyer|solicitor|paralegal"
    r"|secretary|"
    r"baker|barista|waiter|waitress|bartender|host|guide|agent|associate|executive|director|head|partner|planner|"
    r"operator|operative|welder|fitter|painter|gardener|farmer|farmhand|foreman|surveyor|architect|scientist"
    r"|researcher|"
    r"programmer|tester|trainer|tutor|lecturer|apprentice|trainee|intern|graduate|counsellor|educator|practitioner|"
    r"buyer|seller|merchandiser|bookkeeper|auditor|controller|dispatcher|picker|packer|stylist|hairdresser|"
    r"florist|veterinarian|keeper|ranger|paramedic|firefighter|inspector|guard|steward|crew|salesperson|sales"
    r"|support worker|social worker|shift leader|team member|porter|concierge|producer|archivist|curator"
    r"|translator|labourer|laborer|mason|milker|drivers|instructor|coach|solicitor|"
    r"registrar|dentist|optician|machinist|butcher|fishmonger|sous[- ]chef|handyman|\w+(?:keeper|worker|seller"
    r"|maker|master|smith|hand))s?\b",
    re.IGNORECASE,
)
_HIRES = re.compile(
    r"\b(?:(?:looking|searching|hiring) (?:for )?|seeking |seeks? |need |needs |hiring |recruiting |wanted: ?|as )"
    r"(?:an? |our next |our new |one |two |another )?(?:(?:experienced|friendly|reliable|motivated|new|skilled"
    r"|committed|"
    r"enthusiastic|dedicated|qualified|passionate|caring|calm|organised|part-time|full-time|patient"
    r"|talented)(?:,| and)? )*"
    r"(?P<role>(?:[\w/&'-]+ ){0,5}?[\w/&'-]+)"
    r"(?= (?:to|who|for|with|in|at|on|from|and you|that|starting|as soon)\b|[,.;:!(]|$)",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"\s*(?:\((?:m/?f/?[dx]?|f/?m/?[dx]?|m/?w/?d|all genders|any gender|full[- ]time|part[- ]time|permanent"
    r"|temporary|"
    r"remote|hybrid|contract|fixed[- ]term|\d+ ?%)[^)]*\)|[-–—|,]\s*(?:full[- ]time|part[- ]time|permanent"
    r"|remote|hybrid)"
    r"|,? fixed[- ]term\b.*|\bm/f/d\b|\bm/f/x\b|\s[-–—]\s*(?:immediate start|start(?:ing)? [^-–—|]+|urgent))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Role, company, place and contact of a posting; "" where it does not tell."""

    role: str = ""
    company: str = ""
    place: str = ""
    contact: str = ""
    email: str = ""


def facts_of(lines: Sequence[Line]) -> Facts:
    """What the lines say about the job itself."""
    texts = [line.text for line in lines]
    whole = "\n".join(texts)
    labelled = {name: _labelled(texts, label) for name, label in _LABELS.items()}
    at, title = _title(lines)
    role, company, place = _split_title(title)
    below_company, below_place = _below_title(lines, at) if title else ("", "")
    role = _role(labelled["role"]) or role or _hired(whole)
    if below_company and (_ORGANISATION.search(below_company) or _FIRM.fullmatch(below_company)):
        company = below_company
    company = _company(labelled["company"]) or company or below_company or _company_in(texts, whole)
    place = _place(labelled["place"]) or place or below_place or _place_in(whole) or _place_of(company, whole)
    if company and company.lower() == role.lower():
        company = ""
    email = _EMAIL.search(whole)
    return Facts(role, company, place, _contact(labelled["contact"], whole), email[0].rstrip(".") if email else "")


_NAME_LINE = re.compile(
    r"(?:[A-Z0-9][\w&.'’-]*|&|of|and|the|for|in|on|de|at)(?: (?:[A-Z0-9][\w&.'’-]*|&|of|and|the|for|in|on|de|at))*"
)


def _below_title(lines: Sequence[Line], at: int) -> tuple[str, str]:
    """Company and place from the lines that stand right below the title ("The Blue Door, Bristol")."""
    names: list[str] = []
    for line in lines[at + 1 : at + 4]:
        if line.bullet or line.marked or line.text.endswith((".", "!", "?")) or ":" in line.text:
            break
        pieces = [
            piece.strip() for piece in re.split(r"\s+[-–—|·•]\s+|,\s+", _TAILS.sub("", line.text)) if piece.strip()
        ]
        if not pieces or heading_like(line.text):
            break
        good = [
            piece
            for piece in pieces
            if (_NAME_LINE.fullmatch(piece) or _FIRM.fullmatch(piece)) and len(piece.split()) <= 6
        ]
        if not good or good[0] != pieces[0] or noise_like(good[0]):
            continue
        names.extend(piece for piece in good if not noise_like(piece))
        if len(names) >= 2:
            break
    company = _company(names[0]) if names else ""
    return company, _place(names[1]) if company and len(names) > 1 else ""


def heading_like(text: str) -> bool:
    """Whether a line is one of the usual headings of a posting."""
    return bool(
        re.match(
            r"(?:about|your|our|you|the role|the job|what|who|role|job|main|key|duties|tasks|responsibilities"
            r"|description"
            r"|requirements|essential|overview|purpose|salary|pay|hours|contract)\b",
            text,
            re.IGNORECASE,
        )
    )


def noise_like(text: str) -> bool:
    """Whether a line belongs to the web page around a posting."""
    return bool(
        re.search(
            r"\b(?:apply|save|share|posted|promoted|full[- ]time|part[- ]time|permanent|on-site|hybrid|remote"
            r"|ago|sign in|"
            r"applicants|jobs?|level|contract|immediate|show (?:more|less)|see more|per (?:hour|year|week)"
            r"|we)\b|[£$€]",
            text,
            re.IGNORECASE,
        )
    )


def _labelled(texts: Sequence[str], label: str) -> str:
    """The value behind a label such as "Location:", on its line or the next."""
    pattern = re.compile(rf"^(?:the )?{label}\s*(?::|\s[-–—|]\s)\s*(.*)$", re.IGNORECASE)
    for number, text in enumerate(texts):
        found = pattern.match(text)
        if found and found[1]:
            return found[1].strip()
        if re.fullmatch(rf"{label}:", text, re.IGNORECASE) and number + 1 < len(texts):
            following = texts[number + 1]
            if len(following.split()) <= 8 and not following.endswith(":"):
                return following
    return ""


def _title(lines: Sequence[Line]) -> tuple[int, str]:
    """The line that names the job, with its number: among the first ones, short, with a word for an occupation."""
    for number, line in enumerate(lines[:12]):
        text = line.text
        if line.bullet or len(text.split()) > 12 or text.endswith((".", "!", "?", ":")) or not ROLE_WORD.search(text):
            continue
        if re.match(r"(?:about|your|our|we|why|what|as|jobs)\b", text, re.IGNORECASE) or _LABEL_FIRST.match(text):
            continue
        return number, text
    return -1, ""


_LABEL_FIRST = re.compile(
    r"(?:job title|title|position|role|vacancy|post|job|reports to|contact|company|employer|organisation"
    r"|location)\s*:",
    re.IGNORECASE,
)


def _split_title(title: str) -> tuple[str, str, str]:
    """ "Cook at The Blue Door, Leeds" as role, company and place."""
    if not title:
        return "", "", ""
    bare = _TAILS.sub(
        "", re.sub(r"^(?:wanted|hiring|now hiring|we are hiring|vacancy)\s*[:!-]\s*", "", title, flags=re.I)
    )
    if found := re.match(r"^(.{3,60}?)\s+(?:at|@|with)\s+(.{2,60})$", bare):
        company, _, place = found[2].partition(",")
        company, dash, after = re.split(r"(\s[-–—|·]\s|$)", company, maxsplit=1)
        return _role(found[1]), _company(company), _place(place or after) if place or dash.strip() else ""
    pieces = [piece.strip() for piece in re.split(r"\s+[-–—|·•/]\s+", bare) if piece.strip()]
    if len(pieces) == 1:
        first, _, after = bare.partition(", ")
        if after and not ROLE_WORD.search(after) and ROLE_WORD.search(first) and after[0].isupper():
            parts = [part.strip() for part in after.split(",")]
            if len(parts) == 1:
                # One word behind the role is the town rather than the firm.
                return (
                    (_role(first), _company(after), "")
                    if len(after.split()) > 1
                    else (_role(first), "", _place(after))
                )
            return _role(first), _company(parts[0]), _place(parts[-1])
        return _role(bare), "", ""
    at = next((number for number, piece in enumerate(pieces) if ROLE_WORD.search(piece)), 0)
    others = [piece for number, piece in enumerate(pieces) if number != at]
    if others and _PART_OF_A_FIRM.search(others[0]):
        others = others[1:]
    if not others:
        return _role(pieces[at]), "", ""
    return _role(pieces[at]), _company(others[0]), _place(others[1]) if len(others) > 1 else ""


def _role(text: str) -> str:
    text = re.sub(r"\s*\([^)]*\)", "", _TAILS.sub("", text)).strip(" .,;:!-–—|*")
    text = re.sub(r"^(?:an?|the|our)\s+", "", text, flags=re.IGNORECASE)
    if not text or len(text.split()) > 9 or _EMAIL.search(text):
        return ""
    return text.capitalize() if text.isupper() and len(text) > 5 else text[:1].upper() + text[1:]


def _hired(whole: str) -> str:
    """The role in "We are looking for a ...", where its words name an occupation."""
    for found in _HIRES.finditer(whole):
        words = found["role"].strip()
        if ROLE_WORD.search(words) and len(words) <= 60:
            # Adjectives before it belong to the person.
            return _role(words)
    return ""


_PART_OF_A_FIRM = re.compile(
    r"(?:department|dept\.?|team|unit|ward|division|shift|grade|level|band|section|directorate|faculty|services?"
    r"|full[- ]time|part[- ]time|weekends?|evenings?|nights?|days)$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:Trust|School|Academy|Hospital|Clinic|College|University|Council|Museum|Theatre|Library|Hotel|Restaurant|Foods"
    r"|Group|Company|Bank|Church|Foundation|Charity|Centre|Center|Practice|Park|Club|Institute|Agency|Authority"
    r"|Association)\b"
)
_FIRM = re.compile(
    r"[\w&.' -]{2,40} (?:GmbH|AG|KG|SE|Ltd\.?|Limited|LLP|LLC|Inc\.?|plc|PLC|B\.?V\.?|N\.?V\.?|AB|ApS|A/S|AS|Oy"
    r"|SAS?|SARL)"
)
"""A name with the letters of its legal form; such names may begin small."""


def _company(text: str) -> str:
    text = re.sub(r"\s*\(.*?\)\s*", " ", text).strip(" .,;:!-–—|*")
    if not text or len(text) > 60 or len(text.split()) > 7 or not text[0].isalnum() or _EMAIL.search(text):
        return ""
    if re.match(r"(?:our|the|your|a|we|my) [a-z]|full[- ]time|part[- ]time|remote\b|permanent\b|\d+ ", text):
        return ""
    return text


def _company_in(texts: Sequence[str], whole: str) -> str:
    for text in texts:
        found = re.match(
            rf"^(?:about|working at|life at|why|join|welcome to)\s+({_COMPANY})[:?!]?$", text, re.IGNORECASE
        )
        if found and found[1][0].isupper() and found[1].split()[0].lower() not in _NOT_NAMES:
            return _company(found[1])
    between = r"(?:,? in [A-Z][\w-]+,?|, [^,.\n]{3,40},)?"
    begin = r"(?:^|[.!?\n]\s*)(?:The )?"
    verbs = (
        r"(?:is|are) (?:after|looking|hiring|seeking|searching|recruiting|a |an |one of|the )|(?:seeks?|needs?|runs?"
        r"|makes?|builds?"
        r"|helps?|visits?|cooks?|plans?|takes?|has been|was founded|were founded)\b"
    )
    patterns = (
        rf"{begin}({_COMPANY}){between} (?:{verbs})",
        rf"\b(?:[Aa]t|[Jj]oin|[Jj]oining|[Hh]ere at) ({_COMPANY})(?=,? (?:we|you|as|in|is|and you|team|to)\b"
        rf"|[.,!\n])",
    )
    for pattern in patterns:
        for hit in re.finditer(pattern, whole):
            name = hit[1].strip()
            if name.split()[0].partition("'")[0].lower() not in _NOT_NAMES and not ROLE_WORD.search(name):
                return _company(name)
    return ""


_NOT_NAMES = frozenset({
    "we", "you", "our", "your", "the", "this", "that", "it", "they", "there", "he", "she", "i", "what", "who",
    "why", "how", "when", "where", "if", "as", "in", "at", "on", "a", "an", "us", "role", "job", "position",
    "team", "company", "and", "or", "but", "for", "with", "applicants", "candidates", "experience", "knowledge",
    "good", "strong", "must", "every", "each", "all", "any", "no", "not", "please", "nice", "benefits",
    "requirements", "responsibilities", "duties", "some", "basic", "previous", "fluent", "spoken", "written",
    "english", "german", "french", "dutch", "spanish", "italian", "polish", "swedish", "danish", "portuguese",
})  # fmt: skip


def _place(text: str) -> str:
    text = re.sub(r"\s*\((?:on[- ]?site|hybrid|remote|office)[^)]*\)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:nr|near)\.? ", "", text, flags=re.IGNORECASE)
    text = re.split(r"\s+[-–—|·•]\s+|;|\. ", text)[0].strip(" .,;:!-–—|*")
    if not text or len(text) > 60 or len(text.split()) > 8 or text.lower() in ("hybrid", "full-time", "part-time"):
        return ""
    return text


_PLACE_NAME = r"((?:the )?[A-Z][\w'-]+(?:[ -][A-Z][\w'-]+)*)"


def _place_in(whole: str) -> str:
    found = re.search(
        r"\b(?:based|located|office|shop|store|branch|restaurant|school|hospital|clinic|site|warehouse|team"
        r"|hotel|bakery|"
        r"workshop|kitchen|cent(?:re|er)|farm|depot|studio|library|practice|company|firm|home|nursery|surgery"
        r"|garage|ward|"
        rf"solicitors|lawyers|stables|museum|theatre|plant|factory|salon)s?,? (?:in|near|outside) {_PLACE_NAME}",
        whole,
    )
    if found is None:
        # "Hotel Marina in Torquay seeks ...", "for our sites around Aarhus", "for the north of Malmö".
        found = (
            re.search(rf"[A-Z][\w'-]+ in {_PLACE_NAME},? (?:is|are|seeks?|needs?)\b", whole)
            or re.search(rf"\b[Ff]or (?:our|the) \w+ (?:around|near|of|in) {_PLACE_NAME}", whole)
            or re.search(
                rf"\b(?:[Ww]e(?:'re| are)|[Jj]oin|[Oo]ur)\b[^.!?\n]{{0,80}}? in {_PLACE_NAME}(?=[ ,.]|$)", whole
            )
            or re.search(rf"\bat (?:[Tt]he )?[A-Z][\w'&.-]*(?: [A-Z&][\w'&.-]*)* in {_PLACE_NAME}", whole)
        )
    return found[1] if found and found[1].split()[0].lower() not in _NOT_PLACES else ""


_NOT_PLACES = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "english", "german", "french", "dutch", "spanish", "excel", "python", "java", "sql", "kotlin", "go",
    "microsoft", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "europe",
})  # fmt: skip


def _place_of(company: str, whole: str) -> str:
    """ "Caldwell Foods makes sauces and pickles in Melton Mowbray"."""
    found = re.search(rf"{re.escape(company)}\b[^.!?\n]{{0,60}}? in {_PLACE_NAME}", whole) if company else None
    return found[1] if found and found[1].split()[0].lower() not in _NOT_PLACES else ""


def _contact(labelled: str, whole: str) -> str:
    asked = (
        r"\b(?i:contact(?: person)?(?: is)?:?|enquiries:"
        r"|questions[:?](?: please)?(?: (?:ask|call|contact|email|write to|ring))?"
        r"|call|ring|ask(?: for)?|speak to|talk to|email|reach out to|get in touch with|(?:write"
        r"|apply) to"
        r"|(?:application|portfolio|cv|letter|book|certificates)[^.\n]{0,40} to"
        r"|(?:manager|head of [\w ]{3,30}|lead|director|owner|chef),)"
    )
    reached = r"(?:,| \()[^.\n]{0,60}(?:(?:will be|is) happy to|will answer|answers|on 0|[\w.]+@)"
    for pattern, text in (
        (rf"({_NAME})", labelled),
        (rf"{asked} ({_NAME})", whole),
        (rf"\b({_NAME}){reached}", whole),
    ):
        for found in re.finditer(pattern, text):
            # "our HR Manager" is nobody's name.
            if not ROLE_WORD.search(found[1]):
                return found[1]
    return ""
