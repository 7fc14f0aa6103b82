"""`score FILE.jsonl|csv|xlsx`: many answers, on all cores, in their order, as a table, CSV or JSON lines.

What was scored is noted beside `--out` as it comes, so that a run cut short goes on where it stopped.
"""

import argparse
import contextlib
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator import __version__
from simulator.commands import score_columns
from simulator.commands.asked_files import write_file
from simulator.commands.formats import format_for
from simulator.commands.score_lines import Defaults, Result, defaults_of, json_lines, scored
from simulator.console import ProgressLine, plain_signs, room, say, tell
from simulator.errors import ExitCode, UserError, WrongUse
from simulator.paths import shipped
from simulator.scoring.guards import IN_SHORT
from simulator.sheets import Cell, csv_text, rows_in, sheet_bytes, table_lines
from simulator.texts import refuse_endless, refuse_taken

LISTS = ("rubrics", "requirements", "heard", "interviewers")
"""Columns of a sheet that hold several texts, with semicolons between them."""
COLUMNS = ("question", "kind", "text", "target_seconds", *LISTS)
"""Columns of a sheet that say what is to be scored; all others are the user's own and come back with the result."""
TRANSCRIPT = ("words", "result", "duration", "hesitations_heard", "source", "model", "trouble")
"""Keys of a line of JSON that is a transcript."""
ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".txt": "table"}
NOTES = ".scored-so-far"
"""Behind the name of `--out`: the results of a run that is not over."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to score: its number in the file, its line as JSON, all its columns, and the user's own of them."""

    number: int
    line: str
    row: Mapping[str, Any]
    own: Mapping[str, Any]


def score_many(path: Path, args: argparse.Namespace, requirements: tuple[str, ...]) -> int:
    """Score every answer of a file and write the results; what is wrong with one is told with its number."""
    form = format_for(args.out, "jsonl" if args.json else args.format, ENDINGS, _default_form(path))
    if form == "xlsx" and args.out is None:
        raise WrongUse("A sheet needs a file.", "Add --out scores.xlsx.")
    if args.out is not None:
        refuse_taken(args.out, "Choose another name, or move it away.")
    entries = _entries(path, args.question)
    defaults = defaults_of(args, requirements)
    line_by_line = form == "jsonl" and args.out is None
    results: list[Result] = []
    progress = ProgressLine("scoring")
    for entry, result in zip(entries, _results(entries, defaults, args.out), strict=True):
        results.append(result)
        if line_by_line and not result.wrong:
            say(_json_line(entry, result, plain_signs()))
        elif not line_by_line:
            progress.show(len(results), len(entries))
    progress.clear()
    if not line_by_line:
        _write(_content(form, entries, results), args.out)
    wrong = [(entry, result) for entry, result in zip(entries, results, strict=True) if result.wrong]
    for entry, result in wrong:
        tell(f"{path}:{entry.number}: {result.wrong}")
    if args.out is not None:
        tell(f"{_count_words(results)}; written to {args.out}.")
    return ExitCode.NOT_IN_ORDER if wrong else ExitCode.DONE


def _count_words(results: Sequence[Result]) -> str:
    """How many were scored, and how many were not for which reason."""
    reasons: Counter[str] = Counter()
    for each in results:
        card = None if each.wrong else json.loads(each.text)
        if card is None:
            reasons["not in order"] += 1
        elif not card["scored"]:
            # What no guard holds back is longer than any answer.
            reasons[IN_SHORT.get(card["why_not"], "too long")] += 1
    scored_ones = f"{len(results) - reasons.total()} of {len(results)} answers scored"
    return ", ".join([scored_ones, *(f"{count} {reason}" for reason, count in reasons.most_common())])


def _default_form(path: Path) -> str:
    """A table for people, and lines of JSON from such lines for programs."""
    return "jsonl" if path.suffix.lower() == ".jsonl" and not sys.stdout.isatty() else "table"


# What is to be scored.


def _entries(path: Path, question: str | None) -> list[AnswerRow]:
    if path.suffix.lower() == ".jsonl":
        return _line_entries(path)
    rows = list(rows_in(path))
    known = score_columns.meant([row for _, row in rows], COLUMNS, path)
    entries = []
    for number, row in rows:
        asked = known.renamed(row)
        needed = [name for name in ("text", *(() if question else ("question",))) if name not in asked]
        if needed:
            raise UserError(
                f"{path} has no column '{needed[0]}'; it has {', '.join(row) or 'none'}.",
                "Name the columns 'question' and 'text'; one question for all can be given with --question.",
            )
        own = {heading: cell for heading, cell in row.items() if known.names[heading] not in COLUMNS}
        entries.append(AnswerRow(number, json.dumps(_asked(asked), ensure_ascii=False), row, own))
    return entries


def _asked(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a sheet as `score FILE.jsonl` takes it; empty cells say nothing."""
    asked: dict[str, Any] = {"id": row.get("id"), "text": row["text"]}
    for name in COLUMNS:
        cell = row.get(name, "").strip()
        if not cell or name == "text":
            continue
        asked[name] = [part.strip() for part in cell.split(";") if part.strip()] if name in LISTS else cell
    return asked


def _line_entries(path: Path) -> list[AnswerRow]:
    """Lines of JSON; one that is broken has no columns, and scoring it tells what is wrong."""
    lines = json_lines(path)
    rows = [_object(line) for _, line in lines]
    known = score_columns.meant(rows, COLUMNS, path, TRANSCRIPT)
    entries = []
    for (number, line), row in zip(lines, rows, strict=True):
        asked = known.renamed(row)
        entries.append(
            AnswerRow(
                number,
                line if asked == row else json.dumps(asked, ensure_ascii=False),
                {key: value for key, value in row.items() if key not in ("words", "result")},
                {key: value for key, value in row.items() if known.names[key] not in (*COLUMNS, *TRANSCRIPT)},
            )
        )
    return entries


def _object(line: str) -> Mapping[str, Any]:
    """A line's keys and values; none where it is broken or no object."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


# Scoring, and going on where it stopped.


def _results(entries: Sequence[AnswerRow], defaults: Defaults, out: Path | None) -> Iterator[Result]:
    """The results in order; with `out` those noted before are taken, and new ones noted."""
    if out is None:
        yield from scored([entry.line for entry in entries], defaults)
        return
    notes = out.with_name(out.name + NOTES)
    keys = [_key(entry.line, defaults) for entry in entries]
    known = _kept_results(notes)
    new = scored([entry.line for entry, key in zip(entries, keys, strict=True) if key not in known], defaults)
    if ahead := sum(key in known for key in keys):
        tell(f"Going on: {ahead} of {len(entries)} answers were scored before.")
    try:
        with notes.open("a", encoding="utf-8") as file:
            # The last line may have been cut off in the middle.
            file.write("\n")
            for key in keys:
                if key in known:
                    yield known[key]
                    continue
                result = next(new)
                file.write(json.dumps({"key": key, "text": result.text, "wrong": result.wrong}) + "\n")
                file.flush()
                yield result
    except OSError as error:
        raise UserError(f"{notes} cannot be written: {error.strerror or error}.", "Choose another --out.") from None


def _key(line: str, defaults: Defaults) -> str:
    """What a result depends on: the line, what was said for all lines, and the reader."""
    return hashlib.sha256("\n".join((line, repr(defaults), _reader())).encode("utf-8", "replace")).hexdigest()


def _reader() -> str:
    folder = shipped("assets") / "reading"
    return f"{__version__} {(folder / 'bounds.yaml').stat().st_mtime_ns} {(folder / 'head.onnx').stat().st_mtime_ns}"


def _kept_results(notes: Path) -> dict[str, Result]:
    """The results of a run cut short; a last line that was not written whole is left out."""
    known: dict[str, Result] = {}
    if notes.exists():
        refuse_endless(notes)
    try:
        lines = notes.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return known
    except OSError as error:
        raise UserError(
            f"{notes} cannot be read: {error.strerror or error}.", "Remove it, or choose another --out."
        ) from None
    for line in lines:
        try:
            kept = json.loads(line)
            known[kept["key"]] = Result(kept["text"], kept["wrong"])
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return known


# The results.


def _json_line(entry: AnswerRow, result: Result, plain: bool) -> str:
    """The result with the user's own keys before it; `plain` where it is to be written in ASCII alone."""
    if set(entry.own) <= {"id"} and (result.text.isascii() or not plain):
        return result.text
    card = json.loads(result.text)
    merged = {"id": card.pop("id"), **{_apart(key, card): value for key, value in entry.own.items() if key != "id"}}
    return json.dumps({**merged, **card}, ensure_ascii=plain)


def _apart(name: str, taken: Mapping[str, object] | Sequence[str]) -> str:
    """A column of the user's by a name that no column of the result has."""
    return f"given_{name}" if name in taken else name


def _content(form: str, entries: Sequence[AnswerRow], results: Sequence[Result]) -> str | bytes:
    if form == "jsonl":
        lines = [
            _json_line(entry, each, plain=False)
            for entry, each in zip(entries, results, strict=True)
            if not each.wrong
        ]
        return "".join(f"{line}\n" for line in lines)
    cards: list[dict[str, Any] | None] = [None if each.wrong else json.loads(each.text) for each in results]
    rubrics = list(dict.fromkeys(rubric for card in cards if card for rubric in card["rubrics"]))
    if form == "table":
        return "\n".join([*_table(entries, cards, results, rubrics), ""])
    given = list(dict.fromkeys(key for entry in entries for key in entry.row))
    header = ["scored", *(f"{rubric}_level" for rubric in rubrics), "missing", "words", "words_per_minute", "why_not"]
    rows = [
        [*(_cell(entry.row.get(key)) for key in given), *_row(card, result, rubrics)]
        for entry, card, result in zip(entries, cards, results, strict=True)
    ]
    header = [*(_apart(key, header) for key in given), *header]
    return sheet_bytes([("Scores", header, rows)]) if form == "xlsx" else csv_text(header, rows)


def _row(card: Mapping[str, Any] | None, result: Result, rubrics: Sequence[str]) -> list[Cell]:
    if card is None:
        return ["no", *[None] * len(rubrics), None, None, None, result.wrong]
    levels: list[Cell] = [card["rubrics"].get(rubric, {}).get("level") for rubric in rubrics]
    missing = [part["name"] for each in card["rubrics"].values() for part in each["parts"] if part["found"] == "no"]
    delivery = card["delivery"]
    pace = delivery["words_per_minute"]
    return [
        "yes" if card["scored"] else "no", *levels, "; ".join(dict.fromkeys(missing)), delivery["words"],
        None if pace is None else round(pace), card["why_not"] or "",
    ]  # fmt: skip


def _table(
    entries: Sequence[AnswerRow],
    cards: Sequence[Mapping[str, Any] | None],
    results: Sequence[Result],
    rubrics: Sequence[str],
) -> list[str]:
    """Short columns for people: the user's own but not the answers, levels, what is missing or why not scored."""
    own = list(dict.fromkeys(key for entry in entries for key in entry.own))
    rows: list[list[Cell]] = []
    for entry, card, result in zip(entries, cards, results, strict=True):
        _, *levels, missing, _, _, why = _row(card, result, rubrics)
        mine = [_cell(entry.own.get(key)) for key in own] if own else [entry.number]
        rows.append([*mine, *levels, f"not scored: {why}" if why else missing])
    return table_lines([*(own or ["line"]), *rubrics, "missing"], rows, room())


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _write(content: str | bytes, out: Path | None) -> None:
    if out is None:
        for line in str(content).splitlines():
            say(line)
        return
    # A spreadsheet knows UTF-8 by the mark at the beginning.
    mark = "utf-8-sig" if out.suffix.lower() == ".csv" else "utf-8"
    write_file(out, content.encode(mark) if isinstance(content, str) else content)
    with contextlib.suppress(OSError):  # notes that stay are of the same answers: the next run takes them up
        out.with_name(out.name + NOTES).unlink(missing_ok=True)
