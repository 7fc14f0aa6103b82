"""What the sound check says."""

from textual.content import Content

from simulator.speech.ports import PartStatus

SENTENCE = "Thank you for coming. Please tell me a little about yourself."
TRIAL = "Good morning, my name is ..."
"""What to say into the microphone: whoever is asked for a sentence has none ready."""
HEAR = "Hear the voice"
BEFORE = "Say a sentence or two. What you hear and what arrives here is never sent anywhere."
TYPING = "Without a microphone you type your answers. Everything else is the same."
FETCH = "Download it (41 MB)"
LATER = (
    "Try again later: it goes on where it stopped. Until then you can type your answers, or give the path of a zip "
    "from another computer in the field beside the button."
)


def status_words(status: PartStatus) -> Content:
    """How far a part is, with a sign before it."""
    sign = {"ready": ("✓ ", "$success"), "missing": ("○ ", "$text-muted")}.get(status.readiness.value, ("… ", ""))
    return Content.assemble(sign, f"{status.detail} {status.hint}".strip())
