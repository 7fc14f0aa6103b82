"""Sessions, debriefs and stories for tests of what is done after an interview; the scorer is the real one."""

from simulator.assessment import score_answer
from simulator.followup.story_lines import LetterLines, PersonLines, Telling
from simulator.interview.interviewer import Interviewer
from simulator.preparation.job import Job, Requirement, RequirementKind
from simulator.preparation.stories import Story
from simulator.questions.bank import DEFAULT_RUBRICS, Kind, Question
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.session import Answer, Learned, LearnedKind, Mode, Session, Utterance
from simulator.speech.transcript import typed

RUTH = Interviewer(
    "ward-manager",
    "Ruth Adeyemi",
    "ward manager",
    "nursing and care",
    greeting="Hello.",
    thanks="Thank you.",
    priorities=(
        "staying calm when several people need you at once",
        "telling the next shift everything that matters",
    ),
    pressing_problem="Our handover between shifts loses too much, and the night staff start with half the picture.",
    competencies=("pressure", "teamwork"),
)
MAREK = Interviewer(
    "operations-director",
    "Marek Dvorsky",
    "operations director",
    "logistics",
    greeting="Hello.",
    thanks="Thank you.",
    priorities=("people who finish what they start", "numbers you can check"),
    pressing_problem="One delivery in twelve leaves the yard late, and nobody agrees why.",
    competencies=("planning", "leadership"),
)
CAST = (RUTH, MAREK)

WHY = (
    "i want to work here because this hospital looked after my grandmother for three weeks "
    "and um everybody who pushed her bed knew her name since then i have taken an evening course in patient care"
)
LED = (
    "last winter i led a team of six at the depot when our sorting machine broke down two days before the holidays "
    "i drew a simple plan on the wall and moved two people to the late shift "
    "and um i called every customer who had to wait "
    "we sent out nine hundred boxes by hand and only four were late"
)
CALMED = (
    "um last winter on the late shift a visitor was shouting at the desk because nobody had called him "
    "so i i took him to the side room and i told him everything that had happened that day "
    "he came back the next morning to thank us"
)
WEAK = (
    "uh i am really good with people and i always stay calm when somebody is upset i think it is important to listen "
    "and to be friendly because every customer is different so yes i would say that this is one of my strengths"
)
OFFER = (
    "yes which part would you want the new person to fix first i can send you the plan i made thank you for your time"
)


def answered(number: int, text: str, ask: str, kind: Kind, host: Interviewer, competency: str = "") -> Answer:
    """An answer with the score it really gets."""
    question = Question(f"q{number}", ask, kind, competency, DEFAULT_RUBRICS[kind])
    said = typed(text)
    card = score_answer(said, AnswerContext(ask, kind.value, question.rubrics))
    return Answer(f"s/{number:02d}-1", "s", number, 1, question, host.id, host.name, (Utterance(ask, said),), card)


ANSWERS = (
    answered(1, WHY, "Why do you want to work here?", Kind.MOTIVATION, RUTH, "motivation"),
    answered(2, LED, "Tell me about a time you led a team.", Kind.BEHAVIOURAL, MAREK, "leadership"),
    answered(3, CALMED, "Tell me about a time you calmed somebody.", Kind.BEHAVIOURAL, RUTH, "pressure"),
    answered(
        4, WEAK, "Tell me about a time you helped an unhappy customer.", Kind.BEHAVIOURAL, MAREK, "customer-care"
    ),
)
CLOSING = answered(5, OFFER, "What would you like to ask us?", Kind.CLOSING, RUTH)
LEARNED = (
    Learned(RUTH.id, RUTH.name, LearnedKind.PRIORITY, RUTH.priorities[0]),
    Learned(RUTH.id, RUTH.name, LearnedKind.PROBLEM, RUTH.pressing_problem),
    Learned(MAREK.id, MAREK.name, LearnedKind.PRIORITY, MAREK.priorities[1]),
)
LED_TOLD = Telling(
    "Two days before the holidays our sorting machine at the depot broke down.",
    "I drew a plan on the wall, moved two people to the late shift and called every customer who had to wait.",
    "We sent out nine hundred boxes by hand and only four were late.",
)
CALMED_TOLD = Telling(
    "On a late shift a visitor was shouting at the desk because nobody had called him.",
    "I took him to the side room and told him everything that had happened that day.",
    "He came back the next morning to thank us.",
)
LINES = LetterLines(
    "s",
    {"s/02-1": LED_TOLD, "s/03-1": CALMED_TOLD},
    {
        RUTH.id: PersonLines(
            topic="the night staff starting with half the picture",
            why="This hospital looked after my grandmother, and I want to work here.",
        ),
        MAREK.id: PersonLines(topic="you want numbers you can check"),
    },
)
"""What the candidate of the session writes for the letters."""
SESSION = Session(
    "s",
    "2026-11-23T10:00:00Z",
    Mode.COACH,
    "b",
    interviewer_ids=(RUTH.id, MAREK.id),
    interviewer_names=(RUTH.name, MAREK.name),
    candidate_name="Sam Rivers",
    job_id="staff-nurse",
    answers=ANSWERS,
    learned=LEARNED,
    finished_at="2026-11-23T10:30:00Z",
)
JOB = Job(
    "staff-nurse",
    "Staff nurse (m/f/d)",
    "St Anne's Hospital",
    requirements=(
        Requirement("r1", "Hand over to the next shift", RequirementKind.DUTY),
        Requirement("r2", "Calm with relatives", RequirementKind.SOFT),
    ),
)
LIST = Story(
    "handover-list",
    "The handover list",
    situation="Last winter our handover took forty minutes and still left things out.",
    action="I drew up a list of one page with the night staff.",
    result="After a month the calls at night went down from nine to two.",
    skills=("handover",),
    witness="Karin Holm",
)
