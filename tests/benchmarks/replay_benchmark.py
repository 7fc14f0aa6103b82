"""From the key to the word: how soon a recording is heard from a word, and whether at its very sample.

    python -m tests.benchmarks.replay_benchmark [--words N]

Space is pressed on words all over a four-minute recording in the app's own transcript screen, with a virtual
loudspeaker as the only one. What comes out of it is captured and laid over the recording: told is the distance in
samples between the first sound and the word, and the time from the key to that sound. The baseline is a bare
PortAudio stream that is given the same sound from memory. Wished for: 150 ms. The capture itself is up to 10 ms
late, which counts against us.
"""

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from simulator.sessions.session import Answer
from simulator.speech.playback import RecordingPlayer
from simulator.speech.transcript import Transcript, Word
from tests.sessions.made import CALM, STRONG, answered, practice
from tests.sound_devices import Capture, SoundDevices, start
from tests.speech.sounds import hiss, place_of, samples, write_wav

RATE = 16_000
MINUTES = 4
HEARD = 0.3
"""Seconds listened to before it is stopped."""


def heard_from(capture: Capture, before: float, sound: bytes, second: float) -> tuple[int, float, float]:
    """(samples between the first sound and the word, seconds from the key to it, likeness)."""
    pcm = capture.pcm[2 * int(before * RATE) :]
    word = sound[2 * round(second * RATE) :][: int(0.2 * RATE) * 2]
    at, alike = place_of(word, pcm)
    onset = int(np.flatnonzero(np.abs(samples(pcm)) > 0.01)[0])
    return onset - at, onset / RATE, alike


async def in_the_app(devices: SoundDevices, sound: bytes, words: int) -> list[tuple[int, float, float]]:
    """Every measurement of the transcript screen."""
    from simulator.tui.screens.transcript import TranscriptScreen
    from simulator.tui.widgets.marked_words import MarkedWords
    from tests.tui.driving import running

    texts = [f"word{n}" for n in range(2 * 60 * MINUTES)]
    spoken = tuple(Word(text, n / 2 + 0.0371, n / 2 + 0.4, 1.0) for n, text in enumerate(texts))
    found = []
    async with running(size=(100, 40), real=["player"]) as driver:
        player = driver.app.services.sound.player
        assert isinstance(player, RecordingPlayer)
        answer: Answer = answered("s", 0, CALM, STRONG)
        transcript = Transcript(spoken, answer.transcript.source, 60.0 * MINUTES)
        utterance = replace(answer.utterances[0], transcript=transcript, recording="s/0.wav")
        folder = driver.app.paths.recordings / "s"
        folder.mkdir(parents=True)
        write_wav(folder / "0.wav", sound)
        driver.app.services.data.store.begin(practice("s", answers=(replace(answer, utterances=(utterance,)),)))
        driver.app.push_screen(TranscriptScreen(answer.id))
        await driver.until(lambda: [each for each in driver.app.screen.query(MarkedWords) if each.text], "the words")
        shown = driver.app.screen.query_one(MarkedWords)
        chance = random.Random(1)
        for position in [0, *(chance.randrange(len(texts) - 10) for _ in range(words))]:
            shown.move_to(position)
            await asyncio.sleep(0.3)
            second = spoken[position].start or 0.0
            with devices.captured(rate=RATE) as capture:
                before = capture.seconds
                await driver.press("space")
                while player.position < second + HEARD:
                    await asyncio.sleep(0.01)
                await driver.press("space")
                stopped = capture.seconds
                while capture.seconds < stopped + 0.2:
                    await asyncio.sleep(0.01)
                found.append(heard_from(capture, before, sound, second))
    return found[1:]  # the first loads the libraries


def bare(devices: SoundDevices, sound: bytes, times: int) -> list[float]:
    """Seconds from the call to the first sound, with nothing but PortAudio."""
    import sounddevice as sd

    took = []
    for n in range(times + 1):
        at = 2 * RATE * n
        with devices.captured(rate=RATE) as capture:
            before = capture.seconds

            def call_back(out: Any, frames: int, _time: Any, _status: Any) -> None:
                nonlocal at
                out[:] = sound[at : at + frames * 2]
                at += frames * 2

            stream = sd.RawOutputStream(samplerate=RATE, channels=1, dtype="int16", latency=0.03, callback=call_back)
            with stream:
                time.sleep(HEARD)
            pcm = samples(capture.pcm[2 * int(before * RATE) :])
            took.append(int(np.flatnonzero(np.abs(pcm) > 0.01)[0]) / RATE)
    return took[1:]


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description="How soon a word is heard, and whether at its very sample.")
    parser.add_argument("--words", type=int, default=20)
    words = parser.parse_args().words
    sound = hiss(60.0 * MINUTES)
    devices = start()
    os.environ.update(devices.environment)
    try:
        with tempfile.TemporaryDirectory(prefix="second-round-replay-") as home:
            os.environ["SIMULATOR_HOME"] = str(Path(home) / "home")
            found = asyncio.run(in_the_app(devices, sound, words))
        baseline = statistics.median(bare(devices, sound, words))
    finally:
        devices.close()
    apart = [abs(samples_) for samples_, _, _ in found]
    took = [seconds for _, seconds, _ in found]
    middle, near, alike = statistics.median(took), sum(each <= 2 for each in apart), min(each for *_, each in found)
    print(f"{len(found)} words of a recording of {MINUTES} minutes, {RATE} Hz")
    print(
        f"first sound and word apart   {statistics.median(apart):.0f} samples, {max(apart)} at most; "
        f"{near} of {len(apart)} within 2; likeness at least {alike:.2f}"
    )
    print(
        f"from the key to the sound    {1000 * middle:.0f} ms (longest {1000 * max(took):.0f})   "
        f"{middle / baseline:.1f}x a bare PortAudio stream ({1000 * baseline:.0f} ms)   wished 150"
    )


if __name__ == "__main__":
    main()
