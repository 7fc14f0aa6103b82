"""Postings taken apart: how well on the made-up ones, and what is said of a text that is none."""

from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.preparation.job import Job, RequirementKind
from simulator.preparation.posting import read_posting
from simulator.preparation.posting_text import MOST_BYTES, check_posting, decoded, read_posting_file, without_html
from tests.preparation.posting_cases import cases, job_of, measure, second_writer

ENOUGH = 0.85
SHORT = (
    "We are looking for a nurse at St Mary's in Leeds. You have a valid licence and two years of experience on a "
    "ward. You will wash patients and write reports."
)


@pytest.mark.parametrize("kept_apart", [False, True], ids=["tuned", "kept apart"])
def test_requirements_are_found_and_no_others(kept_apart: bool) -> None:
    tally = measure(cases(kept_apart))
    assert tally.precision >= ENOUGH, tally.extra
    assert tally.recall >= ENOUGH, tally.lost


@pytest.mark.parametrize("kept_apart", [False, True], ids=["tuned", "kept apart"])
@pytest.mark.parametrize("style", ["list", "prose", "noise"])
def test_every_style_of_posting_is_read(style: str, kept_apart: bool) -> None:
    tally = measure([case for case in cases(kept_apart) if case.style == style])
    assert min(tally.precision, tally.recall) >= ENOUGH, (tally.lost, tally.extra)


@pytest.mark.parametrize("kept_apart", [False, True], ids=["tuned", "kept apart"])
def test_kind_importance_and_facts_are_right(kept_apart: bool) -> None:
    tally = measure(cases(kept_apart))
    assert tally.kinds >= ENOUGH, tally.differing
    assert tally.facts_right >= 0.7 * tally.facts, tally.differing


@pytest.mark.parametrize("kept_apart", [False, True], ids=["mended since", "kept apart"])
def test_postings_of_another_writer_are_read_too(kept_apart: bool) -> None:
    tally = measure(second_writer(kept_apart))
    assert min(tally.precision, tally.recall) >= ENOUGH, (tally.lost, tally.extra)


def test_the_postings_come_from_twelve_fields_in_three_styles_and_a_third_is_kept_apart() -> None:
    tuned, apart = cases(False), cases(True)
    assert len({case.field for case in (*tuned, *apart)}) == 12
    assert {case.style for case in tuned} == {case.style for case in apart} == {"list", "prose", "noise"}
    assert 3 * len(apart) == len(tuned) + len(apart)


def test_every_requirement_carries_words_that_stand_in_the_posting() -> None:
    for case in (*cases(False), *cases(True)):
        plain = " ".join(without_html(case.text).replace("*", "").replace("_", "").split())
        for requirement in job_of(case.text).requirements:
            first = " ".join(requirement.source.split()[:4])
            assert first in plain, (case.name, requirement.source)


def test_a_posting_in_a_few_sentences() -> None:
    job = read_posting(SHORT, added_at="2026-11-23T10:00:00Z")
    assert (job.role, job.company, job.place) == ("Nurse", "St Mary's", "Leeds")
    assert job.id == "nurse-st-marys"
    assert [(each.text, each.kind) for each in job.requirements] == [
        ("You have a valid licence and two years of experience on a ward", RequirementKind.QUALIFICATION),
        ("You will wash patients and write reports", RequirementKind.DUTY),
    ]
    assert "You have a valid licence" in job.requirements[0].source


def test_ids_of_jobs_do_not_meet() -> None:
    assert read_posting(SHORT, taken=["nurse-st-marys"]).id == "nurse-st-marys-2"


def test_a_pasted_page_loses_its_scripts_and_keeps_its_words() -> None:
    page = f"<html><head><title>x</title><script>var a = 'you must';</script></head><body><nav>Sign in</nav>\
<h1>Nurse</h1><p>{SHORT}</p><ul><li>You can lift &amp; carry</li></ul></body></html>"
    job = read_posting(page)
    assert any("lift & carry" in each.text.lower() for each in job.requirements)
    for noise in ("script", "must", "<", "Sign in", "&amp;"):
        assert noise not in job.posting


GERMAN = (
    "Wir suchen zum nächsten Termin eine Pflegekraft für unsere Station in Leipzig. Sie haben eine abgeschlossene "
    "Ausbildung und arbeiten gern im Team. Ihre Aufgaben sind die Grundpflege und die Dokumentation."
)
FRENCH = (
    "Nous recherchons un cuisinier pour notre restaurant à Lyon. Vous avez une formation en cuisine et trois ans "
    "d'expérience. Vous préparez les plats, vous commandez les produits et vous formez les apprentis."
)
CHINESE = "我们正在招聘一名护士，负责病房的日常护理工作。要求具有护士执业资格证书和两年以上工作经验。"
NOVEL = "It was a quiet morning in the village and nobody had seen the old man since the evening before. "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no text"),
        (" \n\t ", "no text"),
        ("12 345 🎉 ---", "no text"),
        ("Nurse wanted", "only 2 words"),
        (GERMAN, "English"),
        (FRENCH, "English"),
        (CHINESE, "English"),
        (NOVEL * 300, "5,700 words"),
        (NOVEL * 20, "No duty and no requirement"),
        ("x " * (MOST_BYTES // 2 + 1), "1.0 MB"),
        ("<div>" * 100_000, "no text"),
        ("<p>" + "<b>" * 5_000 + "</p>", "no text"),
    ],
    ids=["empty", "blank", "signs", "two words", "German", "French", "Chinese", "long novel", "short novel", "large",
         "tags", "open tags"],
)  # fmt: skip
def test_what_is_no_posting_is_told_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(UserError) as problem:
        read_posting(text)
    assert told in problem.value.message
    assert problem.value.hint


@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    "sign", ["(", "( ", "' ", ". ", "# ", "| ", "<p>", "&amp;", "a@b.", "1,", "🚀 ", "Aa & ", "a"]
)
def test_rubbish_around_a_posting_is_read_over(sign: str) -> None:
    """Each of these would be searched for hours where a pattern tries every way to read it."""
    job = read_posting(f"{SHORT}\n\n{sign * 100_000 if len(sign) < 5 else sign * 900}\n\n{SHORT}")
    assert any("valid licence" in each.text for each in job.requirements)


def test_a_files_bytes(tmp_path: Path) -> None:
    assert decoded("a – b".encode(), "x") == "a – b"
    assert decoded("a – b".encode("utf-8-sig"), "x") == "a – b"
    assert decoded("a – b".encode("utf-16"), "x") == "a – b"
    assert decoded("a – b".encode("cp1252"), "x") == "a – b"
    for name, content, told in (
        ("job.pdf", b"%PDF-1.7", "cannot be read as a PDF file"),
        ("job.docx", b"PK\x03\x04", "job.docx"),
        ("job.txt", b"PK\x03\x04\0\0\0", "not a text file"),
        ("big.txt", b"word " * 1_000_000, "more than 1 MB"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError, match=told):
            read_posting_file(tmp_path / name)
        assert (tmp_path / name).read_bytes() == content
    with pytest.raises(UserError, match="There is no file"):
        read_posting_file(tmp_path / "none.txt")
    with pytest.raises(UserError, match="is a folder"):
        read_posting_file(tmp_path)


def test_reading_a_posting_twice_gives_the_same_job() -> None:
    text = cases(False)[0].text
    assert isinstance(read_posting(text), Job)
    assert read_posting(text) == read_posting(text)


def test_a_table_tells_what_is_essential() -> None:
    table = "## Person specification\n\n| Criteria | Essential / Desirable |\n|---|---|\n"
    table += "| Level 3 diploma in animal management | Essential |\n| Full driving licence | Desirable |\n"
    job = read_posting(f"# Zookeeper\n\n## Key responsibilities\n\n- Preparing diets and feeding animals\n\n{table}")
    assert [(each.text, each.must) for each in job.requirements[1:]] == [
        ("Level 3 diploma in animal management", True), ("Full driving licence", False),
    ]  # fmt: skip
    head, row = (
        "<tr><th>Criteria</th><th>Weight</th></tr>",
        "<tr><td>Full driving licence</td><td>Desirable</td></tr>",
    )
    duties = "<h2>Duties</h2><ul><li>Prepare diets</li><li>Feed animals</li></ul>"
    page = f"<h1>Zookeeper</h1>{duties}<h2>Requirements</h2><table>{head}{row}</table>"
    wish = next(each for each in read_posting(page).requirements if "licence" in each.text)
    assert (wish.text, wish.must) == ("Full driving licence", False)


def test_wrapped_and_windows_lines_are_read_like_whole_ones() -> None:
    lines = ["Cook at The Blue Door", "", "Your tasks:", "- Run the pass four evenings a week", "- Train apprentices"]
    lines += ["", "You bring:", "- A completed apprenticeship as a cook", "- A valid food hygiene certificate"]
    found = {each.text for each in read_posting("\n".join(lines)).requirements}
    assert {each.text for each in read_posting("\r\n".join(lines)).requirements} == found
    assert {each.text for each in read_posting("\n\n".join(lines)).requirements} == found
    assert "A valid food hygiene certificate" in found


def test_a_check_leaves_good_text_as_it_is() -> None:
    assert check_posting(SHORT) == SHORT
