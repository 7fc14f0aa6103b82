"""After the interview: letters, references, timeline."""
