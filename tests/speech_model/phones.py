"""Speech sounds: espeak-ng's names for them, simplified, and their numbers in the finished model.

espeak-ng distinguishes more sounds than a small model can learn. Stress, length marks that it adds
by context, and rare variants are folded together; what is left are about forty phones and silence.
"""

import re
from dataclasses import dataclass

SILENCE = "sil"

_MARKS = re.compile(r"[',%=|;!]")
"""Stress, syllable and linking marks in espeak-ng's phoneme names."""

_FOLDED = {
    "@-": "@",
    "@2": "@",
    "a#": "@",
    "3": "3:",
    "I2": "I",
    "I#": "I",
    "U@": "u:",
    "o@": "O@",
    "n-": "n",
    "r-": "r",
    "t#": "t",
    "t2": "t",
    "?": "t",
}
"""Variants too rare to learn, each with the neighbour it sounds most like."""

_POSITIONS = ("begin", "internal", "end", "singleton")


def simplified(espeak_name: str) -> str:
    """The model's phone for one phoneme name of espeak-ng; pauses become `SILENCE`."""
    bare = _MARKS.sub("", espeak_name)
    if not bare or bare.startswith("_"):
        return SILENCE
    return _FOLDED.get(bare, bare)


@dataclass(frozen=True, slots=True)
class PhoneTable:
    """Numbers of the phones. `sounds` are the network's outputs in order, silence first.

    In the graph a sound has four phones, one per position in the word, all sharing one output. The
    positions let Vosk find where a word begins and ends. Silence is phone 1; phone 0 is epsilon.
    """

    sounds: tuple[str, ...]

    @property
    def phone_count(self) -> int:
        """How many phones there are, without epsilon."""
        return 1 + (len(self.sounds) - 1) * len(_POSITIONS)

    def phone(self, sound: str, index: int, length: int) -> int:
        """The phone of the `index`-th of `length` sounds in a word."""
        if length == 1:
            position = "singleton"
        elif index == 0:
            position = "begin"
        else:
            position = "end" if index == length - 1 else "internal"
        return 2 + (self.sounds.index(sound) - 1) * len(_POSITIONS) + _POSITIONS.index(position)

    def output(self, phone: int) -> int:
        """Which network output scores this phone."""
        return 0 if phone == 1 else 1 + (phone - 2) // len(_POSITIONS)

    def word_boundaries(self) -> str:
        """The text of `word_boundary.int`: every phone with its position."""
        lines = ["1 nonword"]
        lines += [f"{phone} {_POSITIONS[(phone - 2) % 4]}" for phone in range(2, self.phone_count + 1)]
        return "\n".join(lines) + "\n"
