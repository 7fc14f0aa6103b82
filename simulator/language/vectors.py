"""Sentence vectors, each worked out once while the program runs."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from simulator.language.model import STATE, LateModel, late_model

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

MOST_KEPT = 8_000
"""Vectors kept, 12 MB; those not asked for longest go first."""
_LONGEST = 1_500
"""Characters of a text that are looked at; the encoder reads hardly more."""


class Vectors:
    """Vectors of length 1 by text, by upper layers that were tuned to something where a file with them is given.
    Safe to call from several threads."""

    def __init__(self, model: LateModel = late_model, upper: Path | None = None) -> None:
        self._model, self._upper = model, upper
        self._known, self._lock = OrderedDict[bytes, "Floats"](), Lock()

    def of(self, texts: Sequence[str]) -> "Floats":
        """One vector for each text (texts x 384); their products are cosines. Raises Missing without the model."""
        import numpy  # late

        if not texts:
            return numpy.zeros((0, STATE), numpy.float32)
        keys = [_key(text) for text in texts]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        new = {key: text[:_LONGEST] for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            found.update(zip(new, self._model.get().sentence_vectors(list(new.values()), self._upper), strict=True))
        with self._lock:
            for key in keys:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return numpy.stack([found[key] for key in keys])


def _key(text: str) -> bytes:
    return hashlib.blake2b(text[:_LONGEST].encode("utf-8", "replace"), digest_size=16).digest()


shared_vectors = Vectors()
"""The one cache of this process."""
