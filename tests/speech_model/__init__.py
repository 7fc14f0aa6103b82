"""Builder of the sample speech model: a small real Vosk model made from synthetic speech alone."""
