"""Labelled questions, and the training of the guess of kinds."""
