"""`banks` and its actions, as a coach uses them from the command line."""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.questions.bank_files import read_bank
from simulator.questions.schema import bank_schema
from tests.interview.test_interviewer import FILE as INTERVIEWER
from tests.questions.some_banks import BANK

Typing = Callable[..., None]
CSV = "question,type,notes\nWhy here?,motivation,say why\nTell me about a mistake.,,\nBe quick!,,\n"


@pytest.fixture
def own(simulator_home: Path) -> Path:
    """The folder of the user's banks, with one in it."""
    folder = simulator_home / "question_banks"
    folder.mkdir(parents=True)
    (folder / "night.yaml").write_text(BANK)
    return folder


class Typed(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Type lines at the terminal."""

    def typed(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Typed("".join(f"{line}\n" for line in lines)))

    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return typed


# list, show, search, path, schema


def test_list_shows_shipped_and_own_banks_and_broken_ones(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "bad.yaml").write_text("bank: x\n")
    assert main(["banks", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("first-round-general ") and "24 questions" in line for line in lines)
    assert any(line.startswith("night-shift") and line.endswith("(yours)") for line in lines)
    assert any(line.startswith("bad ") and "broken:" in line and "bad.yaml:1:1:" in line for line in lines)


def test_list_as_json(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "list", "--json"]) == 0
    listed = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert listed["night-shift"]["questions"] == 1
    assert listed["night-shift"]["broken"] is None
    assert listed["closings"]["shipped"] is True


def test_show_gives_the_whole_bank(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "show", "closings"]) == 0
    shown = capsys.readouterr().out
    assert "scored by questions" in shown
    assert "a strong answer, " in shown
    assert main(["banks", "show", "night-shift", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"][0]["ask"] == "Tell me about a night."


def test_an_unknown_bank_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "show", "clsoings"]) == 1
    assert "Did you mean 'closings'?" in capsys.readouterr().err


def test_search_goes_through_all_banks(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "search", "about", "NIGHT", "--kind", "behavioural"]) == 0
    assert "night-shift first: Tell me about a night." in capsys.readouterr().out
    assert main(["banks", "search", "xylophone"]) == 1
    assert main(["banks", "search", "uneven", "--json"]) in (0, 1)


def test_like_names_near_questions_by_id_or_by_words_and_none_twice(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = "  - {id: copy, ask: Describe one night for us., kind: behavioural}\n"
    (own / "again.yaml").write_text(BANK.replace("night-shift", "again") + copied)
    assert main(["banks", "like", "Please describe one night for us."]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "asks the same: again copy: Describe one night for us."
    assert main(["banks", "like", "copy", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    asks = [each["ask"] for each in found]
    assert asks.count("Tell me about a night.") == 1
    assert "Describe one night for us." not in asks
    assert [each["likeness"] for each in found] == sorted((each["likeness"] for each in found), reverse=True)
    assert main(["banks", "like", "weaknesss"]) == 1
    assert "Did you mean 'weakness'?" in capsys.readouterr().err


def test_path_names_the_folders(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "path"]) == 0
    assert str(own) in capsys.readouterr().out.splitlines()


def test_schema_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "schema"]) == 0
    assert capsys.readouterr().out == bank_schema()


def test_every_action_has_help_and_the_command_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    actions = ("list", "show", "search", "like", "check", "new", "import", "rename", "merge", "reorder", "export")
    for action in (*actions, "install", "schema", "path"):
        with pytest.raises(SystemExit) as caught:
            main(["banks", action, "--help"])
        assert caught.value.code == 0
    with pytest.raises(SystemExit):
        main(["banks", "--help"])
    assert "example:\n  second-round banks" in capsys.readouterr().out


# check


def test_check_of_a_bank_in_order(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "check", str(own / "night.yaml")]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "1 question, in order" in err


def test_check_tells_every_error_of_every_file_with_its_place(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "bad.yaml").write_text(
        BANK.replace("kind: behavioural", "kind: funny\n    rubrics: [exampels]\n    tags: x")
    )
    assert main(["banks", "check", str(own), str(own / "nothing.yaml")]) == 1
    out = capsys.readouterr().out
    assert [line.split(" ")[0].removeprefix(f"{own}/") for line in out.splitlines()] == [
        "bad.yaml:6:11:",
        "bad.yaml:7:14:",
        "bad.yaml:8:11:",
        "nothing.yaml:1:1:",
    ]
    assert "Did you mean 'examples'?" in out


def test_check_as_json_has_places_and_notes(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "b.yaml").write_text(BANK.replace("night-shift", "other"))
    assert main(["banks", "check", str(own), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["findings"] == []
    assert "nearly the same" in document["notes"][0]


def test_a_rubric_of_ones_own_may_be_named(
    own: Path, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "night.yaml").write_text(BANK + "    rubrics: [safety_awareness]\n")
    assert main(["banks", "check", str(own)]) == 0


def test_a_rubric_with_an_error_is_told_of_and_is_no_error_of_the_bank(
    own: Path, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "night.yaml").write_text(BANK + "    rubrics: [calm_voice]\n")
    (simulator_home / "rubrics").mkdir()
    (simulator_home / "rubrics" / "calm.yaml").write_text("rubric: calm_voice\nlevles: x\n")
    assert main(["banks", "check", str(own)]) == 0
    err = capsys.readouterr().err
    assert "note: the rubric 'calm_voice' has an error:" in err
    assert "calm.yaml:1:1:" in err
    assert main(["banks", "export", "night-shift", "--out", str(own / "x.zip")]) == 1
    assert "Mend it before you share it" in capsys.readouterr().err


def test_check_of_a_folder_without_banks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "check", str(tmp_path)]) == 1
    assert "no bank file" in capsys.readouterr().err


# import


def test_import_shows_what_it_found_and_writes_after_yes(
    tmp_path: Path, typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "My list.csv").write_text(CSV)
    typing("y")
    assert main(["banks", "import", str(tmp_path / "My list.csv")]) == 0
    out = capsys.readouterr().out
    assert "read as CSV: 3 questions" in out
    assert "behavioural?" in out
    bank = read_bank(simulator_home / "question_banks" / "list.yaml")
    assert [each.guidance for each in bank.questions if each.id == "here"] == ["say why"]
    assert "kind: behavioural  # a guess" in (simulator_home / "question_banks" / "list.yaml").read_text()


@pytest.mark.parametrize("answer", ["n", "", "what"])
def test_import_writes_nothing_without_a_yes(
    tmp_path: Path, typing: Typing, simulator_home: Path, answer: str
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    typing(answer)
    assert main(["banks", "import", str(tmp_path / "a.csv")]) == 0
    assert not (simulator_home / "question_banks").exists()


def test_import_in_a_script_needs_yes(
    tmp_path: Path, typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    assert main(["banks", "import", str(tmp_path / "a.csv")]) == 2
    assert "--yes" in capsys.readouterr().err
    assert (
        main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--id", "abc", "--title", "A: b", "--json"]) == 0
    )
    document = json.loads(capsys.readouterr().out)
    assert read_bank(simulator_home / "question_banks" / "abc.yaml").title == "A: b"
    assert document["written"].endswith("abc.yaml")
    assert document["questions"][1]["guessed"][0] == "kind"


def test_preview_never_writes_and_lists_what_is_left(
    tmp_path: Path, typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Why here?\nOne true thing is enough.\n\n- Bring a pen.\n")
    assert main(["banks", "import", str(tmp_path / "a.txt"), "--preview", "--yes"]) == 0
    out = capsys.readouterr().out
    assert "Why here? [One true thing is enough.]" in out
    assert "Not used: 1" in out
    assert "Bring a pen. (it does not read like a question)" in out
    assert not (simulator_home / "question_banks").exists()


def test_preview_shows_every_question_and_being_asked_only_the_first(
    tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("".join(f"What would you do on day {number}?\n" for number in range(30)))
    main(["banks", "import", str(tmp_path / "a.txt"), "--preview"])
    assert capsys.readouterr().out.count("on day") == 30
    typing("n")
    main(["banks", "import", str(tmp_path / "a.txt")])
    assert "... and 18 more; --preview shows all." in capsys.readouterr().out


def test_the_same_list_again_brings_its_bank_up_to_date(
    tmp_path: Path, typing: Typing, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes"]) == 0
    first = (own / "a.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text(CSV + "What now?,,\n")
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes"]) == 0
    assert "1 new" in capsys.readouterr().err
    assert {path.name for path in own.glob("a*")} == {"a.yaml", "a.yaml.before"}
    assert (own / "a.yaml.before").read_text(encoding="utf-8") == first


def test_a_copy_is_made_beside_where_it_is_asked_for(
    tmp_path: Path, typing: Typing, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    for more in ([], ["--copy"]):
        assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", *more]) == 0
    assert {path.name for path in own.glob("a*")} == {"a.yaml", "a-2.yaml"}
    assert read_bank(own / "a-2.yaml").title == "a (2)"
    # A title that is said is kept, whoever else has it.
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--copy", "--title", "a", "--id", "third"]) == 0
    assert read_bank(own / "third.yaml").title == "a"


def test_another_list_never_goes_into_a_bank_that_only_has_its_name(
    tmp_path: Path, typing: Typing, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    main(["banks", "import", str(tmp_path / "a.csv"), "--yes"])
    (tmp_path / "a.csv").write_text("question\nWhat do you know of bread?\nWho taught you to bake?\n")
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--id", "a"]) == 2
    assert "--update a" in capsys.readouterr().err
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes"]) == 0
    assert {path.name for path in own.glob("a*")} == {"a.yaml", "a-2.yaml"}
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--update", "a"]) == 0
    assert len(read_bank(own / "a.yaml").questions) == 5


def test_a_column_can_be_said_to_be_something_else(
    tmp_path: Path, typing: Typing, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    words = ["banks", "import", str(tmp_path / "a.csv"), "--yes"]
    assert main([*words, "--map", "notes=tags", "--map", "2=leave out"]) == 0
    assert read_bank(own / "a.yaml").questions[0].tags == ("say why",)
    for wrong, says in (("colour=tags", "no column"), ("notes=colour", "nothing that a column"), ("notes", "--map")):
        assert main([*words, "--map", wrong]) == 2
        assert says in capsys.readouterr().err
    assert main([*words, "--map", "notes=question", "--map", "2=question"]) == 2
    assert "Only one column can be the question" in capsys.readouterr().err


def test_an_export_is_never_another_format_than_its_name_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cards.csv"
    assert main(["banks", "export", "first-round-general", "--format", "anki", "--out", str(out)]) == 2
    assert not out.exists()


def test_an_out_file_is_not_written_over(
    tmp_path: Path, typing: Typing, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    main(["banks", "import", str(tmp_path / "a.csv"), "--yes"])
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--out", str(own / "a.yaml")]) == 2
    assert main(["banks", "import", str(tmp_path / "a.csv"), "--yes", "--out", str(own / "a.txt")]) == 2


def test_a_file_without_questions_is_told(tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Bring a pen.\n")
    assert main(["banks", "import", str(tmp_path / "a.txt"), "--yes"]) == 1
    assert "--every-line" in capsys.readouterr().err


def test_import_of_a_missing_file_is_a_sentence(
    tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "import", str(tmp_path / "nothing.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


# new


def test_new_asks_one_question_after_the_other_and_saves_each(
    typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(
        "Night shift", "Why do you want to work at night?", "", "Say what you like about it.",
        "Tell me about a hard night.", "funny", "weakness", "", "",
    )  # fmt: skip
    assert main(["banks", "new"]) == 0
    bank = read_bank(simulator_home / "question_banks" / "night-shift.yaml")
    assert [(each.kind.value, each.guidance) for each in bank.questions] == [
        ("motivation", "Say what you like about it."),
        ("weakness", ""),
    ]
    assert "There is opening, motivation" in capsys.readouterr().err


def test_new_tells_what_will_not_do_and_goes_on(
    typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typing("T", "why " * 200 + "?", "", "", "Do you have children?", "", "", "")
    assert main(["banks", "new", "--id", "t"]) == 0
    err = capsys.readouterr().err
    assert "Not saved: 'ask' has" in err
    assert "may not ask" in err


def test_new_without_a_question_makes_nothing(typing: Typing, simulator_home: Path) -> None:
    typing("T", "")
    assert main(["banks", "new"]) == 1
    assert not (simulator_home / "question_banks").exists()


def test_the_template_is_a_bank_in_order_with_the_schema_named(
    typing: Typing, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "new", "--title", "Night: shift", "--id", "nights"]) == 0
    path = simulator_home / "question_banks" / "nights.yaml"
    assert capsys.readouterr().out.strip() == str(path)
    text = path.read_text()
    assert text.startswith("# yaml-language-server: $schema=file://")
    assert (read_bank(path).id, read_bank(path).title) == ("nights", "Night: shift")
    assert main(["banks", "check", str(path)]) == 0


@pytest.mark.parametrize("given", [["--id", "Not Good"], ["--id", "closings"], ["--out", "x.txt"]])
def test_new_with_an_id_or_a_name_that_will_not_do(
    typing: Typing, given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "new", *given]) == 2


# export and install


def test_export_goes_to_the_terminal_or_a_file_by_its_ending(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "export", "night-shift"]) == 0
    assert "## Tell me about a night." in capsys.readouterr().out
    for name, start in (
        ("a.csv", b"\xef\xbb\xbfid,ask"),
        ("a.txt", b"#separator:tab"),
        ("a.json", b"{"),
        ("a.zip", b"PK"),
    ):
        assert main(["banks", "export", "night-shift", "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert main(["banks", "export", "night-shift", "--out", str(tmp_path / "a.csv")]) == 2
    assert main(["banks", "export", "night-shift", "--out", str(tmp_path / "a.csv"), "--replace"]) == 0
    assert main(["banks", "export", "night-shift", "--out", str(tmp_path / "a.doc")]) == 2
    assert main(["banks", "export", "night-shift", "--format", "zip"]) == 2
    assert main(["banks", "export", "night-shift", "--interviewers", "x"]) == 2


def test_a_bank_travels_with_its_rubric_and_interviewer(
    own: Path,
    simulator_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from simulator.paths import shipped

    rubric = (shipped("assets") / "rubrics" / "examples" / "safety_awareness.yaml").read_text()
    (own / "night.yaml").write_text(BANK + "    rubrics: [calm_voice]\n")
    (simulator_home / "rubrics").mkdir()
    (simulator_home / "rubrics" / "calm.yaml").write_text(rubric.replace("safety_awareness", "calm_voice"))
    (simulator_home / "interviewers").mkdir()
    (simulator_home / "interviewers" / "x.yaml").write_text(INTERVIEWER)
    shared = tmp_path / "shared.zip"
    assert main(["banks", "export", "night-shift", "--out", str(shared), "--interviewers", "ann"]) == 0
    assert sorted(zipfile.ZipFile(shared).namelist()) == ["calm.yaml", "night-shift.yaml", "x.yaml"]

    monkeypatch.setenv("SIMULATOR_HOME", str(tmp_path / "other"))
    assert main(["banks", "install", str(shared)]) == 0
    found = sorted(str(path.relative_to(tmp_path / "other")) for path in (tmp_path / "other").rglob("*.yaml"))
    assert found == ["interviewers/ann.yaml", "question_banks/night-shift.yaml", "rubrics/calm_voice.yaml"]
    assert main(["banks", "check", str(tmp_path / "other" / "question_banks")]) == 0
    capsys.readouterr()
    assert main(["banks", "install", str(shared)]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["banks", "install", str(shared), "--replace", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["installed"]) == 3


def test_nothing_is_installed_when_one_file_is_broken(
    tmp_path: Path, simulator_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "a.yaml").write_text(BANK)
    (tmp_path / "f" / "b.yaml").write_text(BANK.replace("night-shift", "b").replace("ask:", "aks:"))
    assert main(["banks", "install", str(tmp_path / "f")]) == 1
    out, err = capsys.readouterr()
    assert f"{tmp_path / 'f' / 'b.yaml'}:5:5: 'aks' is not a key" in out
    assert "Nothing was installed" in err
    assert not (simulator_home / "question_banks").exists()


def test_a_folder_without_data_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "readme.txt").write_text("hello")
    assert main(["banks", "install", str(tmp_path)]) == 1
    assert "no bank, rubric or interviewer" in capsys.readouterr().err


# rename, merge, reorder

THREE = (
    BANK
    + """  # what the ward sister asks
  - id: second
    ask: Who helped you then?
    kind: behavioural
  - id: third
    ask: Why at night?
    kind: motivation
"""
)


@pytest.fixture
def three(own: Path) -> Path:
    """The user's bank, with three questions and a remark in it."""
    (own / "night.yaml").write_text(THREE)
    return own / "night.yaml"


def ids_of(path: Path) -> list[str]:
    return [question.id for question in read_bank(path).questions]


def test_a_bank_gets_another_title_and_keeps_its_id_and_remarks(
    three: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "rename", "night", "  Nights  on the ward "]) == 0
    assert (read_bank(three).id, read_bank(three).title) == ("night-shift", "Nights on the ward")
    assert "# what the ward sister asks" in three.read_text(encoding="utf-8")
    assert three.with_name("night.yaml.before").read_text(encoding="utf-8") == THREE
    assert capsys.readouterr().out.strip() == str(three)


def test_a_title_that_will_not_do_changes_nothing(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("", "x" * 121):
        assert main(["banks", "rename", "night", title]) != 0
        assert "title" in capsys.readouterr().err
        assert three.read_text(encoding="utf-8") == THREE


def test_a_shipped_bank_is_copied_before_it_is_changed(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "rename", "closings", "Last words"]) == 0
    (mine,) = (path for path in own.glob("*.yaml") if path.name != "night.yaml")
    assert read_bank(mine).title == "Last words"
    assert "used in its place" in capsys.readouterr().err
    assert main(["banks", "list"]) == 0
    assert "Last words  (yours)" in capsys.readouterr().out


def test_banks_are_merged_into_one_that_asks_everything_once(three: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (three.parent / "day.yaml").write_text(
        "bank: day\ntitle: Day\nquestions:\n"
        "  - {id: first, ask: What is a good day?, kind: motivation}\n"
        "  - {id: why, ask: 'Why at night', kind: motivation}\n"
    )
    assert main(["banks", "merge", "day", "--into", "night-shift"]) == 0
    assert [question.ask for question in read_bank(three).questions][3:] == ["What is a good day?"]
    assert len(set(ids_of(three))) == 4
    assert ids_of(three.parent / "day.yaml") == ["first", "why"]
    assert "put into 'Night shift': 1; already there: 1" in capsys.readouterr().err
    before = three.read_bytes()
    assert main(["banks", "merge", "day", "--into", "night-shift"]) == 0
    assert three.read_bytes() == before
    assert main(["banks", "merge", "night", "--into", "night-shift"]) == 2


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["third"], ["third", "first", "second"]),
        (["third", "fir"], ["third", "first", "second"]),
        (["first", "--to", "2"], ["second", "first", "third"]),
        (["first", "--to", "3"], ["second", "third", "first"]),
        (["third", "second", "--to", "2"], ["first", "third", "second"]),
    ],
)
def test_questions_are_put_in_another_order(
    three: Path, words: list[str], order: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["banks", "reorder", "night", *words]) == 0
    assert ids_of(three) == order
    assert "# what the ward sister asks" in three.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["fourth"], ["first", "--to", "0"], ["first", "--to", "4"], ["first"]])
def test_an_order_that_cannot_be_changes_nothing(
    three: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["banks", "reorder", "night", *words])
    assert three.read_text(encoding="utf-8") == THREE
    assert not three.with_name("night.yaml.before").exists()
    assert capsys.readouterr().err
