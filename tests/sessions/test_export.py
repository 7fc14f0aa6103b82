"""Exports: every format says what it should, and hostile text stays text."""

import base64
import csv
import http.server
import io
import json
import queue
import re
import shutil
import subprocess
import threading
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.questions.bank import Kind, Question
from simulator.sessions.export import JSON_VERSION, SessionFormat, as_csv, export, sounds_in, without_words
from simulator.sessions.session import Session
from simulator.sheets import FORMULA_SIGNS
from simulator.speech.transcript import Source, Transcript, Word, typed
from tests.sessions.made import CALM, HOSTILE, STRONG, answered, practice, sessions
from tests.speech.sounds import tone, write_wav


def hostile(text: str) -> Session:
    """A session in which everything that can be named or said is `text`."""
    question = Question("q", text, Kind.BEHAVIOURAL, text, ("examples",))
    answer = answered("s", 0, question, typed(f"{text} {STRONG}"))
    answer = replace(answer, utterances=(*answer.utterances, replace(answer.utterances[0], prompt=f"probe {text}")))
    return practice("s", answers=(answer,), bank_title=text, interviewer_names=(text, "Bob"), candidate_name=text)


KNOWN = "html head meta title style body h1 h2 h3 p table tr th td ol ul li section span mark"


class Page(HTMLParser):
    """The elements and the visible text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


# JSON.


@given(sessions())
def test_json_reads_back_as_the_session_it_was(session: Session) -> None:
    document = json.loads(export(session, SessionFormat.JSON))
    assert document["format"] == "second-round-session"
    assert document["version"] == JSON_VERSION
    assert msgspec.convert(document, Session) == replace(session, place="")
    assert [each["text"] for each in document["answers"]] == [answer.transcript.text for answer in session.answers]


# CSV.


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_answer_and_rubric_that_was_asked_for() -> None:
    found = rows(export(practice(), SessionFormat.CSV))
    assert [(row["position"], row["attempt"], row["rubric"]) for row in found] == [
        ("1", "1", "examples"),
        ("1", "2", "examples"),
        ("2", "1", "motivation"),
        ("3", "1", "questions"),
    ]
    assert found[1]["level"] == str(practice().answers[1].scorecard.level("examples"))  # type: ignore[union-attr]
    assert found[1]["words_per_minute"] == "150"
    assert found[1]["verdict"].startswith("A strong story")
    assert found[1]["parts"].startswith("a particular event; your own part; what came of it")
    assert found[1]["text"] == STRONG


@pytest.mark.thorough
@given(st.lists(sessions(), max_size=2), st.sampled_from(FORMULA_SIGNS), st.sampled_from(("", " ", "  ")))
def test_no_cell_of_a_csv_is_taken_for_a_formula(made: list[Session], sign: str, before: str) -> None:
    made.append(hostile(f"{before}{sign}cmd|' /C calc'!A0"))
    for row in rows(as_csv(made)):
        for value in row.values():
            assert not value.lstrip(" ").startswith(FORMULA_SIGNS)


# Markdown.


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_keeps_hostile_text_on_its_line(text: str) -> None:
    page = export(hostile(text), SessionFormat.MD)
    fences = [line for line in page.split("\n") if line.startswith("```")]
    assert len(fences) % 2 == 0
    outside = "".join(part for n, part in enumerate(re.split(r"^```$", page, flags=re.M)) if n % 2 == 0)
    assert not re.search(r"(?<!\\)<", outside)
    # No heading, quote or rule of its own making.
    assert [line for line in outside.split("\n") if line.startswith("#")] == [
        line for line in outside.split("\n") if line.startswith(("# Practice of", "## "))
    ]


def test_markdown_says_what_was_said_and_scored() -> None:
    page = export(practice(), SessionFormat.MD)
    assert "> Last" in page
    assert "visitor was shouting at the desk" in page
    assert "(try 1 of 2)" in page
    assert "(try 2 of 2)" in page
    assert "your best try counts" in page
    assert "Next:" in page


# HTML.


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_html(text: str) -> None:
    page = Page(export(hostile(text), SessionFormat.HTML))
    assert page.all("script") == []
    assert page.all("img") == []
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
    shown = " ".join(text.replace("\x00", "\ufffd").split())
    assert shown.split()[0] in page.text.replace("\x00", "\ufffd")


@given(sessions())
def test_any_session_makes_a_page_of_known_elements(session: Session) -> None:
    known = {*KNOWN.split()}
    assert {tag for tag, _ in Page(export(session, SessionFormat.HTML)).tags} <= known


def test_the_page_fetches_nothing_and_allows_nothing_else() -> None:
    text = export(practice(), SessionFormat.HTML)
    (policy,) = [each["content"] for each in Page(text).all("meta") if each.get("http-equiv")]
    assert policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "http://" not in text
    assert "https://" not in text


def test_what_earned_something_is_marked_and_named() -> None:
    page = Page(export(practice(), SessionFormat.HTML))
    titles = {each["title"] for each in page.all("mark")}
    quote = practice().answers[1].scorecard.rubrics["examples"].quotes[0]  # type: ignore[union-attr]
    assert f"{quote.earns} (Concrete examples)" in titles
    assert "Not heard yet:" in page.text
    assert "150 words a minute" in page.text


def recorded(folder: Path) -> Session:
    """A session whose second answer has a recording in `folder`."""
    base = practice()
    name = f"{base.id}/01-2-question-1.wav"
    (folder / base.id).mkdir(parents=True)
    write_wav(folder / name, tone(440, 4.0))
    answer = base.answers[1]
    utterances = (replace(answer.utterances[0], recording=name),)
    gone = replace(base.answers[0], utterances=(replace(base.answers[0].utterances[0], recording="gone/away.wav"),))
    return replace(base, answers=(gone, replace(answer, utterances=utterances), *base.answers[2:]))


def test_the_page_holds_the_sound_only_when_it_is_wished(tmp_path: Path) -> None:
    session = recorded(tmp_path)
    assert Page(export(session, SessionFormat.HTML)).all("audio") == []
    text = export(session, SessionFormat.HTML, sound_of=sounds_in(tmp_path))
    page = Page(text)
    (sound,) = page.all("audio")
    assert sound["src"]
    assert (
        base64.b64decode(sound["src"].split(",", 1)[1])
        == (tmp_path / session.id / "01-2-question-1.wav").read_bytes()
    )
    placed = [each for tag, each in page.tags if tag in ("mark", "span") and "data-at" in each]
    assert len(placed) == len(session.answers[1].transcript.words)
    assert {each["data-sound"] for each in placed} == {sound["id"]}
    assert [float(each["data-at"] or "") for each in placed] == [
        round(word.start, 3) for word in session.answers[1].transcript.words if word.start is not None
    ]
    without = Page(export(session, SessionFormat.HTML, words=False, sound_of=sounds_in(tmp_path)))
    assert without.all("audio") == []


# Subtitles.


def test_vtt_runs_through_all_recordings_with_rising_times() -> None:
    text = export(practice(), SessionFormat.VTT)
    assert text.startswith("WEBVTT Sam, 2026-11-23T14:05:09Z\n\n")
    stamps = re.findall(r"^(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})$", text, re.M)
    assert stamps == sorted(stamps)
    assert len(stamps) > 10
    assert text.count("NOTE ") == 3, "one for each spoken utterance, none for the typed one"
    for block in text.strip().split("\n\n")[1:]:
        assert block.startswith("NOTE ") or "-->" in block.splitlines()[0]


def test_srt_counts_its_cues_in_order() -> None:
    text = export(practice(), SessionFormat.SRT)
    numbers = re.findall(r"^(\d+)\n\d\d:\d\d:\d\d,\d{3} --> ", text, re.M)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert "," in text.splitlines()[1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_cue(text: str) -> None:
    session = hostile(text)
    words = tuple(Word(each, n, n + 0.5) for n, each in enumerate(f"a {text} b".split()))
    transcript = Transcript(words, Source.SPOKEN, 30.0)
    utterance = replace(session.answers[0].utterances[0], transcript=transcript, prompt=text)
    answer = replace(session.answers[0], utterances=(utterance,))
    vtt = export(replace(session, answers=(answer,)), SessionFormat.VTT)
    arrows = [line for line in vtt.splitlines() if "-->" in line]
    assert all(re.fullmatch(r"[\d:.]+ --> [\d:.]+", line) for line in arrows)
    assert "<script" not in vtt.split("NOTE", 1)[1].split("\n\n", 1)[1]


# Sharing without words.


@pytest.mark.parametrize("form", list(SessionFormat))
def test_scores_shared_without_words_hold_no_word_that_was_said(form: SessionFormat, tmp_path: Path) -> None:
    session = recorded(tmp_path)
    text = export(session, form, words=False, sound_of=sounds_in(tmp_path))
    for word in ("visitor", "complaints", "solve in the first", "natural leader", "thirty", "01-2-question"):
        assert word not in text, word
    if form not in (SessionFormat.VTT, SessionFormat.SRT):
        assert "Tell me about a time" in text
    assert without_words(session).answers[1].scorecard.level("examples") == session.answers[1].scorecard.level(  # type: ignore[union-attr]
        "examples"
    )


# In a real browser.

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def browse(page: Path, *words: str) -> str:
    assert CHROMIUM
    profile = page.with_suffix(".profile")
    done = subprocess.run(
        [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--no-first-run", "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={profile}",
            "--enable-logging=stderr", "--virtual-time-budget=4000", *words, page.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr, done.stderr
    return done.stdout


def told_by(page: str, folder: Path) -> str:
    """What the page, opened in the browser from a server on this machine, asks for under /told/."""
    told: queue.Queue[str] = queue.Queue()

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/told/"):
                told.put(self.path.removeprefix("/told/"))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode() if self.path == "/" else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    assert CHROMIUM
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = subprocess.Popen(
            [
                CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--no-first-run", "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0",
                f"--user-data-dir={folder / 'profile'}", f"http://127.0.0.1:{server.server_port}/",
            ],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return told.get(timeout=60)
        finally:
            browser.terminate()
            browser.wait(30)
            server.shutdown()


@pytest.mark.one_in(7)
@needs_chromium
@pytest.mark.parametrize("text", HOSTILE)
def test_a_browser_shows_hostile_text_and_runs_none_of_it(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(export(hostile(text), SessionFormat.HTML), encoding="utf-8")
    shown = Page(browse(page, "--dump-dom"))
    assert shown.all("script") == []
    assert shown.all("img") == []
    assert "Concrete examples" in shown.text


@needs_chromium
def test_a_browser_plays_from_the_word_that_was_clicked(tmp_path: Path) -> None:
    session = recorded(tmp_path / "recordings")
    text = export(session, SessionFormat.HTML, sound_of=sounds_in(tmp_path / "recordings"))
    word = session.answers[1].transcript.words[5]
    # The test's own script stands beside the page's: its policy is taken off for that, the script of the page is not.
    text = re.sub(r"<meta http-equiv=.*?>", "", text)
    probe = (
        "<script>window.addEventListener('load',function(){var s=document.querySelector('audio');"
        "s.addEventListener('loadedmetadata',function(){"
        f"document.querySelector('[data-at=\"{word.start:.3f}\"]').click();"
        "new Image().src='/told/at-'+s.currentTime.toFixed(3)+'-of-'+s.duration.toFixed(1)+'-'+s.paused;});"
        "s.load();});</script>"
    )
    assert told_by(text.replace("</body>", f"{probe}</body>"), tmp_path) == f"at-{word.start:.3f}-of-4.0-false"


@needs_chromium
def test_a_browser_accepts_the_page_with_sound_under_its_own_policy(tmp_path: Path) -> None:
    session = recorded(tmp_path / "recordings")
    page = tmp_path / "page.html"
    page.write_text(
        export(session, SessionFormat.HTML, sound_of=sounds_in(tmp_path / "recordings")), encoding="utf-8"
    )
    assert "data-sound" in browse(page, "--dump-dom")


@needs_chromium
def test_a_browser_prints_the_page(tmp_path: Path) -> None:
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(export(practice(), SessionFormat.HTML), encoding="utf-8")
    browse(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    content = printed.read_bytes()
    assert content.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 4


def test_a_skipped_answer_is_said_to_be_skipped() -> None:
    skipped = replace(answered("s", 0, CALM, STRONG), skipped=True, utterances=(), scorecard=None)
    for form in (SessionFormat.MD, SessionFormat.HTML):
        assert "Skipped." in export(practice(answers=(skipped,)), form)
