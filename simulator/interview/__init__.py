"""The conversation: who asks what, when, and what follows. No I/O, no clock, no randomness."""
