"""Levels with reasons: the three rubrics, and delivery, structure and tailoring beside them.

No I/O beyond reading the rubric files, no clock, no randomness: the same transcript always gives
the same result.
"""
