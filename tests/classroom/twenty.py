"""A coach and twenty made students, each with a home of their own. All people and answers are invented."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest

from simulator.interview.setup import Setup
from simulator.plain import PlainInterview
from simulator.questions.bank import Kind
from simulator.services import Services
from simulator.sessions.session import Mode, Session
from tests.questions.samples import apkg, docx, moodle, odt, xlsx

NAMES = (
    *("Amara Okoye", "Bruno Silva", "Chiara Rossi", "Dilan Kaya", "Eszter Nagy", "Farah Aziz", "Goran Ilić"),
    *("Hana Sato", "Ivo Petrov", "Jana Novák", "Kwame Mensah", "Léa Martin", "Mina Park", "Nils Berg", "Oona Virta"),
    *("Pavel Horák", "Rosa Díaz", "Sami Haddad", "Tuğba Şen", "Wiktor Lis"),
)

RUBRIC = """\
rubric: care_for_tools
title: Care for tools
description: Does the candidate look after what they work with?
levels:
  0: {name: none, anchor: "Nothing about tools."}
  1: {name: named, anchor: "Names a tool."}
  2: {name: looked after, anchor: "Says how a tool was looked after."}
  3: {name: mended, anchor: "Mended one."}
  4: {name: taught, anchor: "Taught others to look after it."}
cuts: [0.4, 0.9, 1.5, 2.5]
cues:
  tools: {label: a tool, cap: 2, weight: 0.5, phrases: [drill/saw/spanner/lathe/hammer]}
  care: {label: looked after, cap: 2, weight: 0.7, phrases: [cleaned/oiled/sharpened/mended]}
"""

BANK = """\
bank: workshop
title: The workshop
questions:
  - id: broke
    ask: Tell me about a time a machine broke down.
    kind: behavioural
    competency: problem-solving
    rubrics: [examples, care_for_tools]
    target_seconds: 60
  - id: draws
    ask: What draws you to this workshop?
    kind: motivation
    competency: motivation
    rubrics: [motivation]
  - id: yours
    ask: What would you like to ask us?
    kind: closing
    competency: curiosity
    rubrics: [questions]
"""

BROKE = (
    "i am good with machines and i always work hard and people can rely on me every single day",
    "we often had trouble with the machines in my old place and somebody had to repair them again and again",
    "last march the big lathe stopped in the middle of a rush order so i took the cover off and i cleaned the switch",
    "last march the big lathe stopped in the middle of a rush order so i took the cover off and i cleaned the switch "
    "and i oiled the drill beside it and in the end we delivered forty of forty parts on the same evening",
)
DRAWS = (
    "i need a job and your workshop is close to my home so it would be good for me and i like it",
    "your workshop builds wooden stairs and i grew up with a father who built stairs so i took an evening course",
)
YOURS = (
    "how much is the pay for this job and how many days of holiday do i get in a year",
    "what should the new person have finished after the first three months in your workshop",
)


OTHERWISE = (
    "i have worked with wood for nine years and i learned it from my uncle and i like it a lot",
    "last may a customer waited for a door so i called her at eight and i told her the truth and she came on friday",
)


def material(folder: Path) -> dict[Path, Kind]:
    """A coach's questions in eight kinds of files, one in each, and its kind."""
    asked = {
        "first.csv": ("Tell me about yourself.", Kind.OPENING),
        "why.xlsx": ("Why do you want to work with wood?", Kind.MOTIVATION),
        "deadline.docx": ("Describe a time when you had to meet a tight deadline.", Kind.BEHAVIOURAL),
        "jammed.odt": ("What would you do if a saw jammed in the middle of a job?", Kind.SITUATIONAL),
        "good.md": ("What are you good at?", Kind.STRENGTH),
        "weak.apkg": ("What is your biggest weakness?", Kind.WEAKNESS),
        "mistake.xml": ("Tell me about a mistake you made with a customer.", Kind.BEHAVIOURAL),
        "delay.json": ("How would you explain a delay to a customer?", Kind.SITUATIONAL),
    }
    written: dict[Path, Kind] = {}
    for name, (ask, kind) in asked.items():
        raw = {
            "csv": lambda: f"Frage;Zeit\n{ask};1,5 Min.\n".encode(),
            "xlsx": lambda: xlsx({"List": [("Question", "Minutes"), (ask, 1.5)]}),
            "docx": lambda: docx(["h1|Workshop", f"n0|{ask}"]),
            "odt": lambda: odt(f"<text:p>1. {ask}</text:p>"),
            "md": lambda: f"# Workshop\n\n- [ ] {ask}\n".encode(),
            "apkg": lambda: apkg([(ask, kind)], new=True),
            "xml": lambda: moodle([(ask, kind)]),
            "json": lambda: json.dumps([{"question": ask}]).encode(),
        }[name.rpartition(".")[2]]()
        path = folder / name
        path.write_bytes(raw)
        written[path] = kind
    return written


@contextmanager
def at_home(home: Path) -> Iterator[Services]:
    """The app as it is in one person's home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIMULATOR_HOME", str(home))
        services = Services()
        try:
            yield services
        finally:
            services.close()


def answers_of(number: int, later: bool) -> dict[str, str]:
    """What a student answers: nobody like everybody, and later better than at first for most."""
    better = 1 if later and number % 5 else 0
    return {
        "broke": BROKE[min(len(BROKE) - 1, number % 3 + better)],
        "draws": DRAWS[(number + better) % 2],
        "yours": YOURS[max(better, number % 2)],
    }


def practise(
    services: Services, name: str, answers: dict[str, str], day: int = 1, setup: Setup | None = None
) -> Session:
    """One interview on the plain face, typed by a script that answers what is asked, half a minute each."""
    services.settings.change(replace(services.settings.current, candidate_name=name, probes=False, self_rating=False))
    times = (f"{datetime(2026, 11, day, 9) + timedelta(seconds=30 * n):%Y-%m-%dT%H:%M:%SZ}" for n in count())

    def clock() -> str:
        return next(times)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.services.interviews.now", clock)
        patch.setattr("simulator.interview_control.backend.now", clock)
        chosen = setup or Setup(bank_id="workshop", count=3, mode=Mode.REALISTIC, seed=1)
        conversation = services.interviews.begin(chosen)
        said: set[str] = set()

        def typed() -> Iterator[str]:
            while True:
                asked = conversation.question.id
                goodbye = conversation.state.turn.value == "goodbye" or asked in said
                said.add(asked)
                yield "/skip" if goodbye else answers.get(asked, OTHERWISE[len(asked) % 2])

        return PlainInterview(services, conversation, typed(), StringIO(), interactive=False).run()
