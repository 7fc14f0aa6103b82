"""From clean synthetic speech to what a microphone might have heard, and on to features.

The disguises (another speaker, a room, noise, a telephone, coarse digits) keep the network from
learning espeak-ng's spotless sound by heart. Samples are floats on the scale of 16-bit integers.
"""

from dataclasses import dataclass

import kaldi_native_fbank
import numpy as np
import numpy.typing as npt
import soxr
from scipy.signal import butter, lfilter, sosfilt

from .synthesise import ESPEAK_RATE, Samples

Features = npt.NDArray[np.float32]

SAMPLE_RATE = 16_000
COEFFICIENTS = 40
LOWEST_HERTZ, HIGHEST_HERTZ = 20, 7600
FRAMES_PER_SECOND = 100
_HALF_WINDOW_SECONDS = 0.0125
_LOUDEST = 32_767.0


@dataclass(frozen=True, slots=True)
class Heard:
    """Sound at `SAMPLE_RATE`. A moment `t` of the speech lies at `t * stretch + lead` seconds."""

    samples: Samples
    stretch: float
    lead: float

    def frame(self, seconds: float) -> int:
        """The feature frame centred nearest to `seconds` of the original speech."""
        return round((seconds * self.stretch + self.lead - _HALF_WINDOW_SECONDS) * FRAMES_PER_SECOND)


def features(samples: Samples) -> Features:
    """One row of `COEFFICIENTS` per 10 ms, computed as Vosk does with the model's `mfcc.conf`."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.frame_opts.snip_edges = True
    options.use_energy = False
    options.num_ceps = COEFFICIENTS
    options.mel_opts.num_bins = COEFFICIENTS
    options.mel_opts.low_freq = LOWEST_HERTZ
    options.mel_opts.high_freq = HIGHEST_HERTZ
    computer = kaldi_native_fbank.OnlineMfcc(options)
    computer.accept_waveform(SAMPLE_RATE, samples.astype(np.float32).tolist())
    computer.input_finished()
    rows = [computer.get_frame(index) for index in range(computer.num_frames_ready)]
    return np.stack(rows).astype(np.float32)


def clean(speech: Samples) -> Heard:
    """The speech as it is, with a short silence around it."""
    return _placed(speech, 1.0, 0.3, 0.4)


def disguised(speech: Samples, chance: np.random.Generator) -> Heard:
    """The speech from another mouth, in another room, through another microphone."""
    stretch = chance.uniform(0.9, 1.11) if chance.random() < 0.55 else 1.0
    # Now and then the recording ends with the last word.
    rest = chance.uniform(0.1, 0.6) if chance.random() < 0.8 else 0.0
    heard = _placed(speech, stretch, chance.uniform(0.05, 0.5), rest)
    sound = heard.samples
    if chance.random() < 0.4:
        sound = lfilter([1.0, chance.uniform(-0.55, 0.55)], [1.0], sound)
    if chance.random() < 0.3:
        sound = _in_a_room(sound, chance)
    if chance.random() < 0.08:
        band = butter(4, [chance.uniform(80, 300), chance.uniform(3300, 5500)], "band", fs=SAMPLE_RATE, output="sos")
        sound = sosfilt(band, sound)
    sound = sound * (10 ** chance.uniform(3.1, 4.48) / max(1.0, float(np.abs(sound).max())))
    sound = sound + _noise(len(sound), chance) * chance.choice([0.5, 2, 6, 15, 40, 100, 200])
    if chance.random() < 0.08:
        # Eight bits a sample, as old recorders keep them.
        sound = np.round(sound / 256) * 256
    return Heard(_as_integers(sound), stretch, heard.lead)


def wordless(chance: np.random.Generator) -> Samples:
    """A few seconds without a word: hiss, rumble, hum, clicks, puffs of breath, or nothing at all."""
    length = int(chance.uniform(1.0, 4.0) * SAMPLE_RATE)
    kind = int(chance.integers(6))
    level = 10 ** chance.uniform(0, 3.3)
    if kind == 0:
        return _as_integers(np.zeros(length) + chance.choice([0, 0, 1, -3]))
    sound = _noise(length, chance)
    if kind == 1:
        centre = chance.uniform(100, 6500)
        band = butter(2, [centre * 0.8, min(centre * 1.25, 7900)], "band", fs=SAMPLE_RATE, output="sos")
        sound = sosfilt(band, sound) * 3
    elif kind == 2:
        times = np.arange(length) / SAMPLE_RATE
        base = 10 ** chance.uniform(1.65, 3.4)
        overtones = (1,) if chance.random() < 0.5 else (1, 2, 3, 5)
        tones = [chance.uniform(0.2, 1) * np.sin(2 * np.pi * base * k * times) for k in overtones]
        sound = sound * chance.choice([0.002, 0.1]) + np.sum(tones, axis=0) * 2
    elif kind == 3:
        sound = sound * 0.05
        for start in chance.integers(0, max(1, length - 1600), size=int(chance.integers(2, 15))):
            decay = np.exp(-np.arange(1600) / chance.uniform(20, 300))
            sound[start : start + 1600] += chance.standard_normal(1600) * decay * chance.uniform(1, 8)
    elif kind == 4:
        swell = np.abs(np.sin(np.arange(length) / SAMPLE_RATE * np.pi / chance.uniform(0.3, 1.5))) ** 3
        sound = sound * (swell + 0.02)
    return _as_integers(sound * level)


def _placed(speech: Samples, stretch: float, lead: float, rest: float) -> Heard:
    """At the model's rate, slower or faster (and so lower or higher), between two silences."""
    resampled = soxr.resample(speech, ESPEAK_RATE, SAMPLE_RATE * stretch)
    before, after = int(lead * SAMPLE_RATE), int(rest * SAMPLE_RATE)
    samples = np.concatenate([np.zeros(before), resampled, np.zeros(after)])
    return Heard(samples, stretch, before / SAMPLE_RATE)


def _in_a_room(sound: Samples, chance: np.random.Generator) -> Samples:
    length = int(SAMPLE_RATE * chance.uniform(0.05, 0.25))
    echo = chance.standard_normal(length) * np.exp(-np.arange(length) / (length / 5)) * chance.uniform(0.02, 0.14)
    echo[0] = 1.0
    return np.asarray(np.convolve(sound, echo)[: len(sound)])


def _noise(length: int, chance: np.random.Generator) -> Samples:
    """Noise of unit strength: even, darker, or very dark."""
    sound = chance.standard_normal(length)
    pole = chance.choice([0.0, 0.0, 0.7, 0.95])
    return np.asarray(lfilter([np.sqrt(1 - pole**2)], [1.0, -pole], sound))


def _as_integers(sound: Samples) -> Samples:
    return np.clip(np.round(sound), -_LOUDEST, _LOUDEST)
