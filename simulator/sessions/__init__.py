"""Practices kept: the store, reports and progress."""
