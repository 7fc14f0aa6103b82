"""Levels with reasons, from a reading alone. Pure: the same reading, transcript and context, the same scorecard."""
