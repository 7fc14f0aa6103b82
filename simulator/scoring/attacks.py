"""Ways to trick a scorer, for the benchmark: each kind in at least ten variants.

Randomness is handed in, so that the same seed makes the same attacks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

VARIANTS = 12
"""Of each kind."""
WEAK_JOINED = 3
"""Weak answers joined to one."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One try: the question asked and the text said."""

    kind: str
    question: str
    text: str


QUESTION = "Tell me about a time you had to solve a difficult problem at work. What did you do?"
WHY = "Why do you want to work here with us in this team?"

STUFFING = (
    "leadership teamwork communication results initiative problem solving deadline success achievement growth passion customer project team",
    "situation task action result lesson learned outcome impact metric percent increase customer satisfaction team leader project manager",
    "achieved improved increased reduced saved managed led delivered solved organised implemented trained built launched exceeded targets",
    "patient care compassion teamwork safety hygiene documentation empathy communication handover medication training ward hospital nurse",
    "passionate motivated dedicated hardworking reliable punctual flexible proactive dynamic enthusiastic driven committed loyal honest",
    "last year project deadline team challenge solution result award promotion thank you letter manager customer twenty percent",
    "safety quality delivery cost people lean six sigma kaizen root cause corrective action audit zero defects target exceeded",
    "python java cloud agile scrum sprint deployment pipeline testing code review architecture scalability performance users million",
    "sales target quota revenue pipeline leads conversion closing negotiation customers relationship growth percent record award",
    "classroom behaviour differentiation assessment progress parents safeguarding curriculum lesson pupils reading results outstanding",
    "because passionate mission values career path five years goal dream volunteer course certificate company opportunity growth",
    "conflict resolution listening compromise agreement colleague manager feedback improvement relationship outcome positive lesson teamwork",
)

CUE_PHRASES = (
    "last year", "for example", "there was a time when", "i decided to", "i made sure", "in the end", "as a result", "i learned that",
    "we were able to", "it worked out", "on time", "by twenty percent", "since then", "i was responsible for", "one day", "so i asked",
    "then i told", "he thanked me", "my manager said", "under budget", "two weeks ago", "i had to", "i managed to", "it taught me",
    "in my last job", "the customer came back", "because i love", "my mum was", "i grew up", "i volunteered", "i signed up for a course",
    "in five years", "my goal is to become", "what draws me is", "i read that you", "your team", "long term", "i have always wanted to",
    "to this day", "they still use it", "never again", "i realised", "ever since", "half the time", "first prize",
)  # fmt: skip

WEAK = (
    "i think i am a very good communicator and people always tell me that i am easy to work with and i like to keep things positive in the team",
    "i would stay calm and i would listen to the person first and then i would try to find a solution that works for everybody",
    "well in my shifts i usually check everything twice and i always make sure that my colleagues know what is going on",
    "i have worked in many places over the years and dealt with lots of difficult people so i know how to handle it",
    "problem solving is really important to me and i believe that every problem has a solution if you look at it from all sides",
    "i am a hard worker i give a hundred and ten percent every day and i never complain about anything",
    "leadership for me is about setting an example and bringing out the best in people and i do that naturally",
    "if a customer is angry you have to be patient and polite and not take it personally that is what i always say",
    "i am looking for a new challenge where i can grow and develop my skills in a dynamic environment",
    "i have good time management and i am organised and i can work on my own or in a team with no trouble",
    "i usually write a list in the morning and go through it and if something comes up i move things around",
    "i have ten years of experience in this field so there is not much that can surprise me any more really",
)

RAMBLING = (
    "so i think that work is you know a big part of life and you have to be able to get along with people and that is something that is very important",
    "and what i always say is that communication is key because without communication nothing really works and everybody knows that in the end",
    "and then there is also the question of how you see things because some people see things one way and some people see them another way",
    "i mean i am the kind of person who thinks about these things a lot and i like to take a step back and look at the bigger picture",
    "it is not always easy but you have to keep going and stay positive and believe in what you are doing and in the people around you",
    "and of course there are good days and there are bad days but that is normal and you learn to live with it and make the best of it",
    "what matters is the attitude and i think i have the right attitude because i am open and honest and i like to help where i can",
)

OTHER_LANGUAGES = (
    "letztes jahr hatten wir ein großes problem mit einem kunden und ich habe ihn angerufen und alles geklärt und am ende war er sehr zufrieden",
    "el año pasado tuvimos un problema con un cliente y yo lo llamé y lo arreglé todo y al final quedó muy contento con nosotros",
    "l'année dernière nous avions un gros problème avec un client et je l'ai appelé et à la fin il était très content de notre travail",
    "l'anno scorso avevamo un grosso problema con un cliente e io l'ho chiamato e alla fine era molto contento del nostro lavoro",
    "w zeszłym roku mieliśmy duży problem z klientem i zadzwoniłem do niego i na końcu był bardzo zadowolony z naszej pracy",
    "vorig jaar hadden we een groot probleem met een klant en ik heb hem gebeld en uiteindelijk was hij heel tevreden over ons werk",
    "no ano passado tivemos um grande problema com um cliente e eu telefonei e no fim ele ficou muito contente com o nosso trabalho",
    "förra året hade vi ett stort problem med en kund och jag ringde honom och till slut var han mycket nöjd med vårt arbete",
    "geçen yıl bir müşteriyle büyük bir sorunumuz vardı ben onu aradım ve sonunda çok memnun kaldı bizim işimizden",
    "anul trecut am avut o problemă mare cu un client și l-am sunat și la final a fost foarte mulțumit de munca noastră",
    "noong nakaraang taon may malaking problema kami sa isang kliyente at tinawagan ko siya at sa huli natuwa siya sa amin",
    "mwaka jana tulikuwa na tatizo kubwa na mteja mmoja nikampigia simu na mwishowe alifurahi sana na kazi yetu",
)

ONE_WORD = (
    "yes",
    "no",
    "okay",
    "leadership",
    "teamwork",
    "well",
    "um",
    "passion",
    "nothing",
    "experience",
    "sorry",
    "honestly",
)

READ_BACK = (
    QUESTION,
    WHY,
    "Can you tell me about a time you disagreed with your manager and what came of it in the end?",
    "What would you say is the biggest challenge you faced in your last job and how did you solve it?",
    "Describe a situation where you had to meet a tight deadline. What did you do and what was the result?",
    "Tell me about a project you are proud of. What was your own part in it and what did you learn?",
    "Give me an example of a time when you went out of your way to help a customer.",
    "Tell me about a mistake you made at work and what you learned from it.",
    "When did you last have to learn something new quickly, and how did you go about it?",
    "Why did you choose this field of work and where do you see yourself in five years?",
    "Tell me about a time when you led a team through a difficult change. What came of it?",
    "What draws you to our company and what have you already done to prepare for this job?",
)


def _stuffed(random: Random) -> Iterator[Attack]:
    for words in STUFFING:
        parts = words.split()
        random.shuffle(parts)
        yield Attack("keywords stuffed", QUESTION, " ".join(parts * random.choice((1, 2, 3))))


def _salads(random: Random) -> Iterator[Attack]:
    for _ in range(VARIANTS):
        yield Attack(
            "cue words strung together", QUESTION, " ".join(random.sample(CUE_PHRASES, random.randint(12, 30)))
        )


def _read_back(_random: Random) -> Iterator[Attack]:
    for number, question in enumerate(READ_BACK):
        words = question.lower().replace(".", "").replace("?", "").replace(",", "")
        lead = ("", "so ", "you ask me to ", "okay so ")[number % 4]
        tail = ("", " that is a good question", " hmm let me think about that", " yes")[number % 4]
        yield Attack("the question read back", question, lead + words + tail)


def _repeated(random: Random) -> Iterator[Attack]:
    for weak in WEAK:
        yield Attack("one weak sentence again and again", QUESTION, " ".join([weak] * random.randint(3, 8)))


def _rambling(random: Random) -> Iterator[Attack]:
    for _ in range(VARIANTS):
        parts = list(RAMBLING)
        random.shuffle(parts)
        extra = random.sample(WEAK, random.randint(2, 6))
        whole = [*parts, *extra]
        random.shuffle(whole)
        yield Attack("long rambling", QUESTION, " ".join(whole))


def attacks(random: Random) -> list[Attack]:
    """Every attack that must earn at most level 1, or not be scored."""
    found = [*_stuffed(random), *_salads(random), *_read_back(random), *_repeated(random), *_rambling(random)]
    found.extend(Attack("another language", QUESTION, text) for text in OTHER_LANGUAGES)
    found.extend(Attack("one word", QUESTION, text) for text in ONE_WORD)
    return found


def joined_weak(random: Random, weak: Sequence[str] = WEAK, count: int = VARIANTS) -> list[tuple[str, ...]]:
    """Groups of weak answers; joined, none may beat its best part."""
    return [tuple(random.sample(list(weak), WEAK_JOINED)) for _ in range(count)]


def shuffled(random: Random, text: str) -> str:
    """The same words in another order."""
    words = text.split()
    random.shuffle(words)
    return " ".join(words)


def by_kind(found: Sequence[Attack]) -> Mapping[str, list[Attack]]:
    """Attacks grouped by kind, in their order."""
    groups: dict[str, list[Attack]] = {}
    for attack in found:
        groups.setdefault(attack.kind, []).append(attack)
    return groups
