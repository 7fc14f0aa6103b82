"""How somebody is greeted, named to a colleague, and taken leave of."""

TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Rev", "Reverend", "Father", "Sister",
    "Captain", "Major", "Colonel", "Judge", "Lady", "Lord", "Madame", "Frau", "Herr", "Señora", "Señor", "Signora",
    "Signor",
)  # fmt: skip


def greeting_of(name: str, first_name: bool) -> str:
    """How somebody is greeted: "Dear Ms Okafor," with a title as noted, else the whole or the first name."""
    words = name.split()
    if len(words) > 1 and words[0].rstrip(".") in TITLES:
        # A knight is greeted by the first name.
        return f"Dear {words[0]} {words[1] if words[0] in ('Sir', 'Dame') else words[-1]},"
    return f"Dear {words[0] if first_name and words else name},"


def bye_to(british: str, american: str, name: str) -> str:
    """The closing; to "Ms. Okafor", written with the American full stop, the American one."""
    words = name.split()
    titled = len(words) > 1 and words[0].rstrip(".") in TITLES
    return american if titled and words[0].endswith(".") else british
