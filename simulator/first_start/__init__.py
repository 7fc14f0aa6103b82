"""What `run.py` does before the app can start: its Python environment, and sound on Linux.

Standard library only, as nothing else is installed yet. What is told goes to stderr, so that results
can be piped.
"""
