"""The process that tries a speech model: it loads it, lets it hear a sentence and noise, and may die of it.

    python model_trial_worker.py MODEL SPEECH MEGABYTES

Vosk reads a damaged model with native code that does not check it: it crashes, or takes all the memory there is.
Standard library and Vosk only, so that it starts at once. Exit status 0: the model works; 1: Vosk refuses it.
"""

import array
import contextlib
import random
import sys
import types
import wave

if sys.platform != "win32":
    import resource

RATE = 16_000
NOISE_SECONDS = 1.0


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than that, where the system can be told so."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def noise() -> bytes:
    """The same noise every time: it leads the search astray, through more of the model than speech does."""
    chance = random.Random(1)
    loud = [chance.randrange(-6_000, 6_000) for _ in range(int(RATE * NOISE_SECONDS))]
    return array.array("h", loud).tobytes()


def main() -> int:
    """Try the model named on the command line."""
    model, speech, megabytes = sys.argv[1:]
    limit_memory(int(megabytes))
    # Vosk would fetch models by it; importing it takes a third of a second and opens a socket.
    sys.modules["requests"] = types.ModuleType("requests")
    import vosk  # late

    vosk.SetLogLevel(-1)
    try:
        recognizer = vosk.KaldiRecognizer(vosk.Model(model), RATE)
    except Exception as error:  # noqa: BLE001 - Vosk raises bare Exception
        sys.stdout.write(str(error))
        return 1
    recognizer.SetWords(True)
    with wave.open(speech) as file:
        recognizer.AcceptWaveform(file.readframes(file.getnframes()) + noise())
    recognizer.FinalResult()
    return 0


if __name__ == "__main__":
    sys.exit(main())
