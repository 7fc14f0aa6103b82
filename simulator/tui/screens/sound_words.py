"""What the sound check says."""

from collections.abc import Mapping

from textual.content import Content

from simulator.speech.ports import PartStatus, Readiness

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
LOOKING = "Looking at what works here. F9 goes on at any time."
WILL_TYPE = "You are fine: you will type. F9 goes on; nothing below is needed."
CAN_SPEAK = "You can speak your answers, or type them. Try the sound below, or go on with F9."


def ready_words(found: Mapping[str, Readiness]) -> Content:
    """How answers will be given, as far as is known of microphone and speech model, and the key that goes on."""
    parts = [found.get(part, Readiness.LOADING) for part in ("microphone", "model")]
    if Readiness.MISSING in parts:
        return Content.assemble(("✓ ", "$success"), (WILL_TYPE, "bold"))
    if Readiness.LOADING in parts:
        return Content.styled(f"… {LOOKING}", "$text-muted")
    return Content.assemble(("✓ ", "$success"), (CAN_SPEAK, "bold"))


def status_words(status: PartStatus) -> Content:
    """How far a part is, with a sign before it."""
    sign = {"ready": ("✓ ", "$success"), "missing": ("○ ", "$text-muted")}.get(status.readiness.value, ("… ", ""))
    return Content.assemble(sign, f"{status.detail} {status.hint}".strip())
