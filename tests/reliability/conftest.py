"""How long the harnesses run: a few cases by default, more where that is asked for."""

import os

import pytest


@pytest.fixture(scope="session")
def cases() -> int:
    """How many cases of each kind are tried: `RELIABILITY_CASES=500 python3 run.py test --all tests/reliability`."""
    return int(os.environ.get("RELIABILITY_CASES", "4"))
