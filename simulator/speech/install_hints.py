"""The exact thing to type where a part for sound is missing, for the system at hand.

Package names: Debian and Ubuntu (apt), Fedora (dnf), Arch (pacman), Homebrew (brew), openSUSE (zypper).
"""

import os
import shutil
import sys

PACKAGES = {
    "apt-get": ("apt-get install -y --no-install-recommends", {"portaudio": "libportaudio2", "espeak": "espeak-ng"}),
    "dnf": ("dnf install -y", {"portaudio": "portaudio", "espeak": "espeak-ng"}),
    "pacman": ("pacman -S --needed", {"portaudio": "portaudio", "espeak": "espeak-ng"}),
    "zypper": ("zypper install -y", {"portaudio": "libportaudio2", "espeak": "espeak-ng"}),
    "apk": ("apk add", {"portaudio": "portaudio", "espeak": "espeak-ng"}),
    "brew": ("brew install", {"portaudio": "portaudio", "espeak": "espeak-ng"}),
}
"""Package manager -> (its command, our name of the part -> its package)."""


def install_line(*parts: str) -> str:
    """The command that installs `parts` ("portaudio", "espeak") here, or "" where no manager is known."""
    for manager, (command, names) in PACKAGES.items():
        if shutil.which(manager):
            as_root = manager != "brew" and sys.platform != "win32" and os.geteuid() != 0
            return f"{'sudo ' if as_root else ''}{command} {' '.join(names[part] for part in parts)}"
    return ""


def how_to_install(*parts: str) -> str:
    """The hint as a sentence, naming the command where there is one."""
    line = install_line(*parts)
    if line:
        return f"Install it with: {line}"
    named = " and ".join({"portaudio": "PortAudio", "espeak": "espeak-ng"}[part] for part in parts)
    return f"Install {named} for your system."
