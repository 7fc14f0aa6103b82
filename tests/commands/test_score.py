"""`score`, `rubrics` and `benchmark` on the command line: results on stdout, messages on stderr, exit statuses."""

import io
import json
from pathlib import Path

import pytest

from simulator.cli import main
from simulator.errors import ExitCode

QUESTION = "Tell me about a time you had to calm somebody down."
ANSWER = (
    "last winter on the late shift a visitor was shouting at the desk because nobody had called him so i took him to "
    "the side room and got him a tea and he came back the next day to thank us"
)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.txt"
    path.write_text(ANSWER, encoding="utf-8")
    return path


def test_a_text_answer_is_shown_with_level_anchor_quotes_and_next_step(
    answer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(answer), "--question", QUESTION]) == ExitCode.DONE
    shown = capsys.readouterr().out
    assert "Concrete examples" in shown
    assert "▰▰▰" in shown
    assert "I took him to the side room" in " ".join(shown.split())
    assert "Next:" in shown


def test_the_view_is_short_enough_to_read_in_ten_seconds(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(answer), "--question", QUESTION])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 80


def test_json_is_one_document_and_nothing_else(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", str(answer), "--question", QUESTION, "--json"]) == ExitCode.DONE
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["scored"] is True
    assert document["rubrics"]["examples"]["quotes"][0]["start"] is None
    assert printed.err == ""


def test_a_story_told_where_why_was_asked_is_told_as_that(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["score", str(answer), "--question", "Why do you want to work on our ward?"]
    main([*asked, "--explain"])
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "Next: You were asked “Why do you want to work on our ward?”. What I heard is a story of one time." in shown
    )
    assert "In place of what was asked: a story of one time, where the question asks why." in shown
    main([*asked, "--json"])
    assert json.loads(capsys.readouterr().out)["instead"] == "story"


def test_explain_lists_every_cue_with_its_share(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", str(answer), "--question", QUESTION, "--explain"])
    shown = capsys.readouterr().out
    assert "a particular event" in shown
    assert "Read by version" in shown


def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(ANSWER))
    assert main(["score", "-", "--question", QUESTION, "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["scored"]


def test_a_transcript_with_word_times_gives_quotes_with_times_and_delivery(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [{"text": word, "start": i * 0.4, "end": i * 0.4 + 0.35} for i, word in enumerate(ANSWER.split())]
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"words": words, "duration": 20.0, "hesitations_heard": True}), encoding="utf-8")
    assert main(["score", str(path), "--question", QUESTION, "--json"]) == ExitCode.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["rubrics"]["examples"]["quotes"][0]["start"] is not None
    assert document["delivery"]["words_per_minute"] == 150


def test_a_file_of_answers_gives_one_result_a_line_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.jsonl"
    rows = [
        {"id": "one", "question": QUESTION, "kind": "behavioural", "text": ANSWER},
        {"id": "two", "question": "What would you like to ask us?", "kind": "closing", "text": "how much is the pay"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.DONE
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [result["id"] for result in results] == ["one", "two"]
    assert results[0]["rubrics"]["examples"]["level"] >= 3
    assert results[1]["rubrics"]["questions"]["level"] == 1


def test_a_broken_line_is_told_with_its_number_and_the_others_are_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.jsonl"
    good = json.dumps({"id": "one", "question": QUESTION, "text": ANSWER})
    path.write_text(f'{good}\n{{"id": "two", "question": "Why?"}}\nnot json\n{good}\n', encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.NOT_IN_ORDER
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert f"{path}:2: the text is missing" in printed.err
    assert f"{path}:3:" in printed.err


HOSTILE = (
    "[" * 100_000, '{"a":' * 50_000, "9" * 5_000, "NaN", "null", "[1]", "\0\1", "{'question'",
    '{"question": "Why?\\ud800", "text": "i led it"}', '{"question": "Why?", "words": ["\\ud800", "i", "led"]}',
    '{"question": 5, "text": "x"}', '{"question": "Why?", "text": 7}',
    '{"question": "Why?", "text": "x", "kind": [1]}',
    '{"question": "Why?", "text": "x", "kind": "nope"}', '{"question": "Why?", "text": "x", "target_seconds": true}',
    '{"question": "Why?", "text": "x", "requirements": [1]}', '{"question": "Why?", "text": "x", "heard": [2.5]}',
    '{"question": "Why?", "text": "x", "interviewers": [null]}',
    '{"question": "Why?", "text": "x", "rubrics": {"a": 1}}',
    '{"question": "Why?", "words": [5]}', '{"question": "Why?", "words": [{"text": "a", "start": 1e300}]}',
    '{"question": "Why?", "words": ["a"], "duration": -1}',
)  # fmt: skip


def test_every_hostile_line_is_told_by_its_number_and_all_others_are_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "class.jsonl"
    lines = []
    for number, hostile in enumerate(HOSTILE):
        # A line separator inside of a text is no end of a line.
        lines += [
            hostile,
            json.dumps({"id": number, "question": QUESTION, "text": "i did\u2028it"}, ensure_ascii=False),
        ]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    assert main(["score", str(path)]) == ExitCode.NOT_IN_ORDER
    printed = capsys.readouterr()
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == list(range(len(HOSTILE)))
    told = printed.err.splitlines()
    assert [int(line.removeprefix(f"{path}:").split(":")[0]) for line in told] == list(range(1, len(lines), 2))
    assert all(line.endswith(".") and len(line) < len(str(path)) + 200 for line in told)


@pytest.mark.parametrize("hostile", HOSTILE[:3])
def test_a_hostile_transcript_is_a_sentence(tmp_path: Path, hostile: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answer.json"
    path.write_text(hostile)
    assert main(["score", str(path), "--question", QUESTION]) == ExitCode.NOT_IN_ORDER
    assert capsys.readouterr().err.startswith(str(path))


def test_what_is_longer_than_any_answer_is_not_scored_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.txt"
    path.write_text(f"{ANSWER} " * 300)
    assert main(["score", str(path), "--question", QUESTION]) == ExitCode.DONE
    assert "longer than any answer" in " ".join(capsys.readouterr().out.split())


def test_what_was_heard_lifts_a_question_that_is_tied_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "closing.txt"
    path.write_text("what happens in those three months that makes half of them leave", encoding="utf-8")
    asked = ["score", str(path), "--question", "What would you like to ask us?", "--kind", "closing", "--json"]
    main(asked)
    untied = json.loads(capsys.readouterr().out)["rubrics"]["questions"]["level"]
    main([*asked, "--heard", "half of our new drivers leave within three months"])
    tied = json.loads(capsys.readouterr().out)["rubrics"]["questions"]["level"]
    assert (untied, tied) == (3, 4)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["score", "{answer}"], "question is missing"),
        (["score", "nowhere.txt", "--question", QUESTION], "There is no file"),
        (["score", "answer.docx", "--question", QUESTION], "neither text"),
        (["rubrics", "check", "nowhere.yaml"], "There is no"),
        (["benchmark", "scoring", "--rated", "nowhere"], "no answers.json"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(
    answer: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(answer.parent)
    (answer.parent / "answer.docx").write_bytes(b"PK")
    given = [part.format(answer=answer) for part in arguments]
    assert main(given) == ExitCode.WRONG_USE
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.out == ""


def test_rubrics_are_listed_with_their_anchors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rubrics", "list", "--json"]) == ExitCode.DONE
    listed = {rubric["id"]: rubric for rubric in json.loads(capsys.readouterr().out)}
    assert {"examples", "motivation", "questions", "safety_awareness"} <= set(listed)
    assert listed["examples"]["levels"]["4"]["name"] == "a strong story"


def test_check_tells_file_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("rubric: mine\nlevels: 3\ncuts: 1\ncues: {a: {label: a, phrases: [b]}}\n", encoding="utf-8")
    assert main(["rubrics", "check", str(path)]) == ExitCode.NOT_IN_ORDER
    assert capsys.readouterr().out.startswith(f"{path}:2:9: ")


def test_the_benchmark_measures_a_folder_of_rated_answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answers, ratings = [], {}
    texts = {"a": ANSWER, "b": "i would stay calm and i would listen and then i would find a solution for everybody"}
    for name, text in texts.items():
        answers.append(
            {"id": name, "person": name, "ask": QUESTION, "kind": "behavioural"}
            | dict.fromkeys(("recognised", "recognised_10", "recognised_20"), text)
        )
        ratings[name] = {"examples": 3 if name == "a" else 0, "motivation": 0}
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    (tmp_path / "ratings-x.json").write_text(json.dumps(ratings), encoding="utf-8")
    asked = ["benchmark", "scoring", "--rated", str(tmp_path), "--only", "rated", "--json"]
    assert main(asked) == ExitCode.DONE
    figures = json.loads(capfd.readouterr().out)
    assert set(figures) == {"students"}
    assert figures["students"]["examples, recognised"] > 0.5
