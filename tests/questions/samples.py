"""Lists of questions as coaches have them, of every kind of file that an import reads, made afresh for each test."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from simulator.questions.bank import Kind

OP, MO, B, S, ST, W, C = (
    Kind.OPENING,
    Kind.MOTIVATION,
    Kind.BEHAVIOURAL,
    Kind.SITUATIONAL,
    Kind.STRENGTH,
    Kind.WEAKNESS,
    Kind.CLOSING,
)

ENGLISH = (
    ("Tell me about yourself and your work so far.", OP),
    ("Why would you like to join this clinic?", MO),
    ("Describe a situation where you calmed an angry visitor.", B),
    ("What would you do if two alarms rang at the same time?", S),
    ("What are you especially good at?", ST),
    ("What is your biggest weakness?", W),
    ("Do you have any questions for us?", C),
)
GERMAN = (
    ("Erzählen Sie etwas über sich.", OP),
    ("Warum haben Sie sich bei uns beworben?", MO),
    ("Schildern Sie einen Konflikt im Team und wie er ausging.", B),
    ("Was würden Sie tun, wenn ein Gast sich beschwert?", S),
    ("Was sind Ihre Stärken?", ST),
    ("Welche Schwächen haben Sie?", W),
    ("Haben Sie noch Fragen an uns?", C),
)
FRENCH = (
    ("Parlez-moi de vous.", OP),
    ("Pourquoi voulez-vous travailler ici ?", MO),
    ("Racontez une situation où vous avez manqué de temps.", B),
    ("Que feriez-vous face à un client agressif ?", S),
    ("Quels sont vos points forts ?", ST),
    ("Quels sont vos défauts ?", W),
    ("Avez-vous des questions à nous poser ?", C),
)
SPANISH = (
    ("Hábleme de usted.", OP),
    ("¿Por qué quiere este puesto?", MO),
    ("Cuénteme una ocasión en la que falló un plan.", B),
    ("¿Qué haría si un compañero llega siempre tarde?", S),
    ("¿Cuáles son sus puntos fuertes?", ST),
    ("¿Cuál es su mayor debilidad?", W),
    ("¿Tiene alguna pregunta para nosotros?", C),
)
SWEDISH = (
    ("Berätta om dig själv.", OP),
    ("Varför vill du arbeta här?", MO),
    ("Berätta om en situation när du var under press.", B),
    ("Vad skulle du göra om en kund blev arg?", S),
    ("Vilka är dina styrkor?", ST),
    ("Vilka är dina svagheter?", W),
    ("Har du några frågor till oss?", C),
)
ANSWER = "I began as a porter nine years ago, and when my ward needed a clerk I learned the system in my breaks."
ADVICE = "One particular day, your own part in it, and how it ended."

Asked = Sequence[tuple[str, Kind]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its name, its bytes, the questions in it in order, and whether it names their kinds."""

    name: str
    raw: bytes
    asked: Asked
    answers: int = 0
    """Ideal answers in it."""
    follow_ups: int = 0


def _table(headings: Sequence[str], asked: Asked, rows: Callable[[int, str], Sequence[str]], by: str) -> bytes:
    def cell(text: str) -> str:
        return f'"{text}"' if by in text or '"' in text or "\n" in text else text

    lines = [by.join(headings), *(by.join(map(cell, rows(n, ask))) for n, (ask, _) in enumerate(asked, 1))]
    return "\r\n".join(lines).encode()


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file; each paragraph is "style|words", style one of h1, n0, n1 (numbered, two levels),
    s2, s3 (lists by their style alone), b (bold), p."""
    parts = []
    for paragraph in paragraphs:
        style, _, words = paragraph.partition("|")
        properties = {
            "h1": '<w:pStyle w:val="Heading1"/>',
            "n0": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            "n1": '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
            "s2": '<w:pStyle w:val="S2"/>',
            "s3": '<w:pStyle w:val="S3"/>',
        }.get(style, "")
        bold = "<w:rPr><w:b/></w:rPr>" if style == "b" else ""
        runs = "<w:r><w:tab/></w:r>".join(
            f'<w:r>{bold}<w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in words.split("\t")
        )
        parts.append(f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{form}"/></w:lvl>' for n, form in enumerate(("decimal", "lowerLetter"))
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/numbering" Target="numbering.xml"/><Relationship Id="r2" Type="{office}/styles" '
            'Target="styles.xml"/></Relationships>',
            "word/styles.xml": f'<w:styles {space}><w:style w:type="paragraph" w:styleId="Heading1"><w:name '
            'w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="S2"><w:name w:val="List Number 2"/>'
            '</w:style><w:style w:type="paragraph" w:styleId="S3"><w:name w:val="List Bullet 3"/></w:style>'
            "</w:styles>",
            "word/numbering.xml": f'<w:numbering {space}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            "word/document.xml": f"<w:document {space}><w:body>{''.join(parts)}</w:body></w:document>",
        }
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def odt(body: str, kind: str = "text") -> bytes:
    """An OpenDocument file with that body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles>'
            '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
            "</office:document-content>",
        }
    )


def xlsx(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An Excel file with these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def apkg(asked: Asked, new: bool) -> bytes:
    """An Anki deck, packed as before 2021 or as since."""
    base = sqlite3.connect(":memory:")
    base.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    base.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT, mid INTEGER, tags TEXT, flds TEXT)")
    base.execute("CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, did INTEGER)")
    base.execute("CREATE TABLE col (id INTEGER PRIMARY KEY, models TEXT, decks TEXT)")
    if new:
        base.execute("CREATE TABLE notetypes (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase)")
        columns = "ntid INTEGER, ord INTEGER, name TEXT COLLATE unicase, PRIMARY KEY (ntid, ord)"
        base.execute(f"CREATE TABLE fields ({columns}) WITHOUT ROWID")
        base.execute("CREATE TABLE decks (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase)")
        base.execute("INSERT INTO notetypes VALUES (7, 'Basic')")
        base.executemany("INSERT INTO fields VALUES (7, ?, ?)", enumerate(("Front", "Back")))
        base.execute("INSERT INTO decks VALUES (3, 'Clinic\x1fFirst round')")
        base.execute("INSERT INTO col VALUES (1, '', '')")
    else:
        models = {"7": {"name": "Basic", "flds": [{"name": "Front"}, {"name": "Back"}]}}
        base.execute("INSERT INTO col VALUES (1, ?, ?)", (json.dumps(models), json.dumps({"3": {"name": "Clinic"}})))
    for number, (ask, _) in enumerate(asked, 1):
        fields = f"<div>{escape(ask)}</div>\x1f{ANSWER if number == 1 else ADVICE}"
        base.execute("INSERT INTO notes VALUES (?, ?, 7, ' clinic ', ?)", (number, str(number), fields))
        base.execute("INSERT INTO cards VALUES (?, ?, 3)", (number, number))
    base.commit()
    content = base.serialize()
    if not new:
        return zipped({"collection.anki2": content, "media": "{}"})
    import zstandard

    return zipped(
        {"collection.anki21b": zstandard.compress(content), "collection.anki2": b"update Anki", "media": b""}
    )


def moodle(asked: Asked) -> bytes:
    """Questions as Moodle exports them."""
    questions = "".join(
        f'<question type="essay"><name><text>Item {n}</text></name><questiontext format="html"><text><![CDATA['
        f"<p>{escape(ask)}</p>]]></text></questiontext><graderinfo><text>{ANSWER if n == 1 else ADVICE}</text>"
        "</graderinfo></question>\n"
        for n, (ask, _) in enumerate(asked, 1)
    )
    category = '<question type="category"><category><text>$course$/Clinic</text></category></question>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{category}\n{questions}</quiz>'.encode()


def _gift(asked: Asked) -> bytes:
    blocks = [f"// number {n}\n::Item {n}:: {ask} {{####{ADVICE}}}" for n, (ask, _) in enumerate(asked, 1)]
    return ("$CATEGORY: $course$/Clinic\n\n" + "\n\n".join(blocks) + "\n").encode()


MARKDOWN = """\
# Clinic, first round

Questions we ask in the first twenty minutes.

## Before the interview
- [ ] Book the small room
- [x] Print the CVs
- Remember to switch off the phone.

## Warm-up
1. Tell me about yourself and your work so far.

## Motivation
- Why would you like to join this clinic?
  - Is there something you read about us?
> Quoted from the handbook: ask slowly.

## Behavioural questions
**Note:** one of these is enough.

1. Describe a situation where you calmed an angry visitor.
   > I knelt down beside my visitor, and I asked her name before I asked what was wrong.

## Situational questions
* [ ] What would you do if two alarms rang at the same time?

## Strengths
* What are you especially good at?

## Weaknesses
* What is your biggest weakness?

## Do you have any questions for us?

## Notes
The form is on the shared drive.
"""

TEXT = """\
CLINIC, FIRST ROUND

1. Warm-up
   1.1 Tell me about yourself and your work so far.
2. Motivation
   2.1 Why would you like to join this clinic?
       a) What did you read about us?
       b) Who told you about us?
3. Behavioural
   3.1\tDescribe a situation where you calmed an angry visitor.
       i. What did you say first?
4. Situational
   4.1 What would you do if two alarms rang at the same time?
5. Strengths and weaknesses
   5.1 What are you especially good at?
   5.2 What is your biggest weakness?
6. Closing
   6.1 Do you have any questions for us?

Checklist:
- water and glasses
"""


def _word_numbered() -> bytes:
    parts = ["h1|Clinic, first round"]
    for ask, kind in ENGLISH:
        parts += [f"b|{kind.value.capitalize()}", f"n0|{ask}"]
        parts += ["n1|What came of it in the end?"] if kind is B else []
        parts += [f"p|Tip: {ADVICE}"]
    return docx(parts)


def _word_typed() -> bytes:
    return docx([f"p|{n}.\t{ask}" for n, (ask, _) in enumerate(ENGLISH, 1)])


def _odt() -> bytes:
    body = '<text:h text:outline-level="1">Clinic</text:h>'
    for ask, kind in ENGLISH:
        below = "<text:list><text:list-item><text:p>What came of it?</text:p></text:list-item></text:list>" * (
            kind is B
        )
        item = f"<text:list-item><text:p>{escape(ask)}</text:p>{below}</text:list-item>"
        body += f'<text:h text:outline-level="2">{kind.value}</text:h>'
        body += f'<text:list text:style-name="L1">{item}</text:list>'
    return odt(body)


def _ods() -> bytes:
    rows = [("Frage", "Dauer (Min.)"), *((ask, "1,5") for ask, _ in GERMAN)]

    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>"

    cells = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return odt(f'<table:table table:name="Fragen">{cells}</table:table>', "spreadsheet")


def samples() -> list[Sample]:
    """All samples. Each asks for all seven kinds; only some name them."""
    english = ENGLISH
    return [
        Sample(
            "coach.csv",
            _table(
                ("No.", "Interview question", "Minutes", "Model answer", "Follow-up 1", "Follow-up 2"),
                english,
                lambda n, ask: (str(n), ask, "1.5", ANSWER, "What came of it?", "Which day was that?"),
                ",",
            ),
            english,
            7,
            14,
        ),
        Sample(
            "trainer.csv",
            b"\xef\xbb\xbf"
            + _table(
                ("Musterantwort", "Frage", "Dauer", "Nachfrage", "Bemerkung"),
                GERMAN,
                lambda n, ask: (
                    "Ich habe drei Jahre in meiner Klinik gearbeitet, und ich habe dort viel gelernt.",
                    ask,
                    "1,5 Min.",
                    "Was war das Ergebnis?",
                    "langsam fragen",
                ),
                ";",
            ),
            GERMAN,
            7,
            7,
        ),
        Sample(
            "formation.tsv",
            _table(
                ("Rang", "Question posée", "Durée (s)", "Conseils", "Relance"),
                FRENCH,
                lambda n, ask: (str(n), ask, "90", "Un jour précis, et la suite.", "Et ensuite ?"),
                "\t",
            ),
            FRENCH,
            0,
            7,
        ),
        Sample(
            "preguntas.xlsx",
            xlsx(
                {
                    "Hoja1": [
                        ("Guía de entrevista",),
                        (),
                        ("Pregunta", "Tiempo (minutos)", "Orientación"),
                        *((ask, 1.5, "Un día concreto.") for ask, _ in SPANISH),
                    ]
                }
            ),
            SPANISH,
        ),
        Sample(
            "fragor.xlsx",
            xlsx(
                {
                    "Blad1": [
                        ("Svarstid", "Fråga", "Typ av fråga", "Följdfråga 1"),
                        *(
                            (90, ask, kind, "Vad hände sedan?")
                            for (ask, _), kind in zip(
                                SWEDISH,
                                (
                                    "Inledning",
                                    "Motivation",
                                    "Beteende",
                                    "Situation",
                                    "Styrka",
                                    "Svaghet",
                                    "Avslutning",
                                ),
                                strict=True,
                            )
                        ),
                    ]
                }
            ),
            SWEDISH,
            0,
            7,
        ),
        Sample(
            "unusual.csv",
            _table(("What to say to the person", "What we want to hear"), english, lambda n, ask: (ask, ADVICE), ","),
            english,
        ),
        Sample("bare.csv", _table((english[0][0], ADVICE), english[1:], lambda n, ask: (ask, ADVICE), ";"), english),
        Sample("numbered.docx", _word_numbered(), english, 0, 1),
        Sample("typed.docx", _word_typed(), english),
        Sample("lists.odt", _odt(), english, 0, 1),
        Sample("sheet.ods", _ods(), GERMAN),
        Sample("clinic.md", MARKDOWN.encode(), english, 1, 1),
        Sample("clinic.txt", TEXT.encode(), english, 0, 3),
        Sample("old.apkg", apkg(english, new=False), english, 1),
        Sample("new.apkg", apkg(english, new=True), english, 1),
        Sample("quizlet.txt", "\n".join(f"{ask}\t{ADVICE}" for ask, _ in english).encode(), english),
        Sample("quiz.xml", moodle(english), english, 1),
        Sample("quiz.gift", _gift(english), english),
        Sample(
            "nested.json",
            json.dumps(
                {
                    "title": "Clinic",
                    "sections": [
                        {
                            "name": kind.value,
                            "questions": [
                                {"questionText": ask, "modelAnswer": ANSWER, "followUps": ["What came of it?"]}
                            ],
                        }
                        for ask, kind in english
                    ],
                }
            ).encode(),
            english,
            7,
            7,
        ),
        Sample("pairs.json", json.dumps({ask: ADVICE for ask, _ in english}).encode(), english),
        Sample(
            "page.html",
            (
                "<html><head><title>x</title></head><body><h1>Clinic</h1><ol>"
                + "".join(f"<li>{escape(ask)}</li>" for ask, _ in english)
                + "</ol></body></html>"
            ).encode(),
            english,
        ),
    ]


def write(folder: Path, sample: Sample) -> Path:
    """The sample as a file."""
    path = folder / sample.name
    path.write_bytes(sample.raw)
    return path
