"""Sound on Linux: PortAudio belongs to the system, so it is offered, never installed unasked."""

import os
import shutil
import subprocess
from ctypes.util import find_library

from simulator.first_start.environment import Environment
from simulator.speech.install_hints import install_line


def offer_sound(environment: Environment) -> None:
    """Where PortAudio is missing: show the system's line, ask, run it when told to. Once only.

    To be called with a person at the terminal. Refused or impossible, the app goes on without sound.
    """
    if not os.access(environment.venv, os.W_OK):
        return  # the answer could not be remembered, and to ask at each start would be a nuisance
    answer = environment.sound_answer
    if find_library("portaudio"):
        answer.write_text("PortAudio is there\n", encoding="utf-8")
        return
    line = install_line("portaudio") if shutil.which("espeak-ng") else install_line("portaudio", "espeak")
    print("For sound, Second Round needs PortAudio, which this system does not have.")
    print("Without it you read and type.")
    if not line or (line.startswith("sudo ") and not shutil.which("sudo")):
        print(f"To have sound, ask an administrator to run: {line.removeprefix('sudo ')}" if line else "")
        answer.write_text("impossible\n", encoding="utf-8")
        return
    print(f"This installs it:\n\n    {line}\n")
    if not _yes("Run it now? [y/N] "):
        answer.write_text("refused\n", encoding="utf-8")
        print("Going on without sound. 'python3 run.py doctor' shows the line again.")
        return
    status = subprocess.call(["/bin/sh", "-c", line])
    answer.write_text(f"run, exit status {status}\n", encoding="utf-8")
    if status:
        print("That did not work. Going on without sound; 'python3 run.py doctor' shows the line again.")
        if "apt-get" in line:
            print("Where apt does not know the package: 'apt-get update' first.")


def _yes(question: str) -> bool:
    try:
        return input(question).strip().casefold() in ("y", "yes")
    except EOFError:
        return False
