"""Banks for other programs: CSV, Markdown, Anki, JSON, YAML; and packages to share.

What each format carries of a bank, so that importing it again gives the same:
YAML, Markdown and JSON everything, CSV all questions but not the bank's title, licence and description,
Anki the questions without follow-ups and worked answers, with spaces in tags as underscores. In CSV, Markdown
and Anki, a tag with a comma, a semicolon or a bar in it comes back as several.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from simulator.questions.bank import Bank, Probe, Question
from simulator.questions.bank_files import EXAMPLE_FIELDS
from simulator.questions.bank_text import bank_to_yaml


class ExportFormat(StrEnum):
    """What a bank can be written as."""

    CSV = "csv"
    MARKDOWN = "markdown"
    ANKI = "anki"
    JSON = "json"
    YAML = "yaml"


ENDINGS = {
    ExportFormat.CSV: ".csv", ExportFormat.MARKDOWN: ".md", ExportFormat.ANKI: ".txt", ExportFormat.JSON: ".json",
    ExportFormat.YAML: ".yaml",
}  # fmt: skip
_COLUMNS = (
    "id", "ask", "kind", "competency", "rubrics", "target_seconds", "guidance",
    *(f"probe_{probe.value}" for probe in Probe), "tags",
)  # fmt: skip
_ARTICLES = {Probe.EXAMPLE: "an example", Probe.ACTION: "the action", Probe.RESULT: "the result",
             Probe.REASON: "the reason"}  # fmt: skip


def export_text(bank: Bank, form: ExportFormat) -> str:
    """The bank as text in one format."""
    ways = {
        ExportFormat.CSV: _csv, ExportFormat.MARKDOWN: _markdown, ExportFormat.ANKI: _anki, ExportFormat.JSON: _json,
        ExportFormat.YAML: bank_to_yaml,
    }  # fmt: skip
    return ways[form](bank)


def _csv(bank: Bank) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    most = max((len(question.examples) for question in bank.questions), default=0)
    writer.writerow([*_COLUMNS, *(f"example_{name}" for name in _example_keys(most))])
    for question in bank.questions:
        examples = _example_parts(question)
        cells = [*_cells(question), *(examples.get(name, "") for name in _example_keys(most))]
        writer.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _cells(question: Question) -> list[str]:
    return [
        question.id, question.ask, question.kind.value, question.competency, "; ".join(question.rubrics),
        str(question.target_seconds), question.guidance, *(question.probes.get(probe, "") for probe in Probe),
        "; ".join(question.tags),
    ]  # fmt: skip


def _example_keys(count: int) -> list[str]:
    return [f"{number}_{field.name}" for number in range(1, count + 1) for field in EXAMPLE_FIELDS]


def _example_parts(question: Question) -> dict[str, str]:
    """The worked answers of a question, each part by its number and key: "1_who" and so on."""
    return {
        f"{number}_{key}": text
        for number, example in enumerate(question.examples, 1)
        for key, text in example.entry().items()
    }


def _guarded(cell: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it a text."""
    return f"'{cell}" if re.match("'*[=+\\-@]", cell) else cell


def _markdown(bank: Bank) -> str:
    lines = [f"# {_escaped(bank.title)}", "", f"<!-- bank: {bank.id}; licence: {_comment(bank.licence)} -->", ""]
    if bank.description:
        lines += [_escaped(bank.description), ""]
    for question in bank.questions:
        fields = [
            f"id: {question.id}", f"kind: {question.kind.value}", f"competency: {question.competency}",
            f"rubrics: {_escaped('; '.join(question.rubrics))}", f"target: {question.target_seconds} s",
            *(f"follow-up for {_ARTICLES[probe]}: {_escaped(words)}" for probe, words in question.probes.items()),
            f"tags: {_escaped('; '.join(question.tags))}",
            *(f"example {name.replace('_', ' ')}: {_escaped(text)}"
              for name, text in _example_parts(question).items()),
        ]  # fmt: skip
        lines += [
            f"## {_escaped(question.ask)}",
            "",
            *(f"- {field}" for field in fields if not field.endswith(": ")),
            "",
        ]
        if question.guidance:
            lines += [_escaped(question.guidance), ""]
    return "\n".join(lines)


def _comment(text: str) -> str:
    return text.replace("--", "-").replace(">", "")


def _escaped(text: str) -> str:
    """A text that no Markdown reader takes for marks."""
    text = re.sub(r"([\\`*_\[\]<>&|#~])", r"\\\1", text)
    text = re.sub(r"^([-+=:])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", text)


def _anki(bank: Bank) -> str:
    deck = " ".join(bank.title.split()).replace("::", ":")
    out = io.StringIO()
    out.write(f"#separator:tab\n#html:false\n#deck:{deck}\n#columns:Front\tBack\tTags\n#tags column:3\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_ALL)
    for question in bank.questions:
        tags = [f"id::{question.id}", f"kind::{question.kind.value}", f"target::{question.target_seconds}"]
        if question.competency:
            tags.append(f"competency::{question.competency}")
        tags += [f"rubric::{name.replace(' ', '_')}" for name in question.rubrics]
        tags += [tag.replace(" ", "_") for tag in question.tags]
        writer.writerow([question.ask, question.guidance, " ".join(tags)])
    return out.getvalue()


def bank_document(bank: Bank) -> dict[str, object]:
    """The bank as `banks show --json` prints it."""
    return {
        "bank": bank.id,
        "title": bank.title,
        "language": bank.language,
        "licence": bank.licence,
        "description": bank.description,
        "questions": [question_document(question) for question in bank.questions],
    }


def question_document(question: Question) -> dict[str, object]:
    """One question for JSON."""
    return {
        "id": question.id,
        "ask": question.ask,
        "kind": question.kind.value,
        "competency": question.competency,
        "rubrics": list(question.rubrics),
        "target_seconds": question.target_seconds,
        "guidance": question.guidance,
        "probes": {probe.value: words for probe, words in question.probes.items()},
        "tags": list(question.tags),
        "examples": [example.entry() for example in question.examples],
    }


def _json(bank: Bank) -> str:
    return json.dumps(bank_document(bank), ensure_ascii=False, indent=2) + "\n"


def package(banks: Sequence[Bank], others: Sequence[Path] = ()) -> bytes:
    """A zip with banks and the rubrics' and interviewers' files given, as `banks install` takes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        names: set[str] = set()
        for bank in banks:
            text = bank.path.read_text(encoding="utf-8-sig") if bank.path else bank_to_yaml(bank)
            archive.writestr(_entry(f"{bank.id}.yaml", names), text)
        for path in others:
            archive.writestr(_entry(path.name, names), path.read_bytes())
    return out.getvalue()


def _entry(name: str, names: set[str]) -> zipfile.ZipInfo:
    """An entry that is the same whenever the same is packed."""
    stem, number = name, 2
    while name in names:
        name, number = f"{number}-{stem}", number + 1
    names.add(name)
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
