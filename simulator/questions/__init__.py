"""Question banks: what interviewers ask."""
