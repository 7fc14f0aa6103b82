"""The screens that can be gone to from anywhere, by name: where each is made, and what it is called."""

SCREEN_PLACES: dict[str, tuple[str, str]] = {
    "home": ("home", "HomeScreen"),
    "sound_check": ("sound_check", "SoundCheckScreen"),
    "setup": ("setup", "SetupScreen"),
    "history": ("history", "HistoryScreen"),
    "progress": ("progress", "ProgressScreen"),
    "phrases": ("phrases", "PhrasesScreen"),
    "banks": ("banks", "BanksScreen"),
    "settings": ("settings", "SettingsScreen"),
    "job": ("job", "JobScreen"),
    "stories": ("stories", "StoriesScreen"),
    "people": ("people", "PeopleScreen"),
    "followup": ("followup", "FollowupScreen"),
    "classes": ("classes", "ClassesScreen"),
}
"""Module and class, below `tui/screens/`."""
MADE_ANEW = ("sound_check", "setup", "phrases", "settings")
"""Those that read once, when they open: each time from their first line, with what holds then."""

TITLES: dict[str, str] = {
    "setup": "Choose what to practise",
    "history": "Review past sessions",
    "progress": "See your progress",
    "banks": "Question banks",
    "job": "Before the interview",
    "stories": "Your stories",
    "people": "Contacts and references",
    "followup": "After the interview",
    "classes": "Coach a class",
    "sound_check": "Sound check",
    "settings": "Settings",
}
