"""What the invented candidate has gathered: a job, stories, people, an interview that was real, and a class."""

import tempfile
from dataclasses import replace
from pathlib import Path

from simulator.classroom.taking_in import gather
from simulator.followup.debrief import Debrief, Met
from simulator.followup.saving_debriefs import keep_debrief
from simulator.preparation.people import PersonKind, new_person
from simulator.preparation.stories import new_story
from simulator.services import Services
from simulator.sessions.archive import write_one
from simulator.sessions.coach_feedback import CoachFeedback
from tests.sessions.made import ASK, CALM, CLOSING, STRONG, WEAK, WHY, answered, practice

POSTING = """Community Nurse
Northway Care, Preston

Your tasks:
- Dress wounds and give injections at people's homes
- Write up every visit before you drive on
- Tell the evening shift what matters

Requirements:
- Nursing diploma
- Stay calm when relatives are upset
- Driving licence

Nice to have:
- Palliative care training
"""
STORIES = (
    (
        "The visitor nobody had called",
        "Last winter a visitor was shouting at the desk because nobody had called him.",
        "I took him to the side room, told him what had happened and rang the ward.",
        "He came back to thank us, and complaints fell by a third.",
    ),
    (
        "A wound that opened at night",
        "A patient's wound opened on the night shift, with two of us on the ward.",
        "I dressed it, rang the doctor and wrote every step into the notes.",
        "It healed in three weeks.",
    ),
    ("The new rota", "Last spring our depot was short of people.", "I asked each of them what they could do.", ""),
)
FAIR = "last spring our depot was short of people so i wrote a new rota and asked each of them what they could do"
DRAWN_TO = (
    "i want this work because my grandmother was on your ward and i saw how the nurses spoke with her so i began to "
    "volunteer there on saturdays and i would like to train with you"
)
STUDENTS = (
    ("Amara Okoye", (WEAK, STRONG)),
    ("Bruno Silva", (WEAK, WEAK)),
    ("Chen Li", (STRONG, STRONG)),
    ("Dana Novak", (STRONG, WEAK)),
    ("Elif Kaya", (WEAK, FAIR)),
    ("Femi Adu", (FAIR, STRONG)),
    ("Greta Holm", (FAIR, FAIR)),
    ("Hugo Blanc", (WEAK, STRONG)),
    ("Ines Ferro", (STRONG, STRONG)),
)
CLASS = "Evening course"


def keep_material(services: Services) -> None:
    """All of it, in the store."""
    _keep_preparation(services)
    _keep_followup(services)
    _keep_class(services)


def _keep_preparation(services: Services) -> None:
    kept = services.data.repositories
    job = kept.add_job(POSTING)
    for title, situation, action, result in STORIES:
        parts = {"situation": situation, "action": action, "result": result}
        kept.stories.save(new_story(title, kept.stories.ids(), **parts))
    kept.link(job.id, job.requirements[0].id, kept.stories.ids()[0], True)
    people = (
        ("Ana Sousa", PersonKind.REFERENCE, {"role": "head nurse", "email": "ana@example.org"}),
        ("Theo Brandt", PersonKind.CONTACT, {"role": "community nurse", "company": "Northway Care"}),
        ("Mira Lund", PersonKind.ALUMNUS, {"company": "Northway Care"}),
    )
    for name, kind, more in people:
        kept.people.save(new_person(name, kind, kept.people.ids(), **more))


def _keep_followup(services: Services) -> None:
    met = Met("Hanna Brandt", "team lead", "hanna@example.org", ("What would you do about a late visit?",))
    noted = Debrief("", "2026-11-25", "Northway Care", "Community Nurse", (met,), "2026-12-04")
    banks = services.library.banks()
    keep_debrief(noted, services.data.repositories, banks, services.paths.banks)


def _keep_class(services: Services) -> None:
    classes = services.data.classes
    roster = classes.new(CLASS)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (name, said) in enumerate(STUDENTS):
            for week, words in enumerate(said):
                session_id = f"202611{10 + week * 7 + number % 3:02d}-1730{number:02d}-7f3a"
                at = f"2026-11-{10 + week * 7 + number % 3}T17:30:00Z"
                answers = (
                    answered(session_id, 0, CALM, words, answered_at=at),
                    answered(session_id, 1, WHY, (WEAK, DRAWN_TO)[(number + week) % 3 > 0], answered_at=at),
                    answered(session_id, 2, ASK, CLOSING, answered_at=at),
                )
                session = practice(session_id, candidate_name=name, started_at=at, answers=answers)
                files.append(Path(folder) / f"{session_id}.zip")
                write_one(replace(session, finished_at=at.replace("17:30", "17:48")), Path(folder), files[-1])
        list(gather(classes, roster.id, files, "", lambda _path, _name: ""))
    first = next(iter(classes.sessions_of(roster.id, classes.get(roster.id).students[0].id)))
    words = "Good: one visitor, one day. Say what you did in that room, one step after the other."
    classes.feedback.save(
        CoachFeedback(first.answers[0].id, {"examples": 2}, comment=words, by="Iva Coach").with_mark(
            first.answers[0], 3, 6, "Who says so?"
        )
    )
