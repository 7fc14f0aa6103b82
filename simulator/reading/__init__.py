"""What an answer says: read once, as pure data. Levels, quotes, advice, probes and letters all follow from it."""
