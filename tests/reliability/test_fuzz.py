"""Whatever the bytes: every reader gives what is in a file, or a sentence; never a traceback.

A few seeds by default; `RELIABILITY_CASES=10000` tries as many on each reader.
"""

from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from simulator.errors import UserError
from tests.reliability.fuzzing import LARGE_MB, READERS, Reader, fuzz, most_memory, write_spoilt


@pytest.mark.one_in(6)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_spoilt_file_is_read_or_told_in_a_sentence(reader: Reader, tmp_path: Path, cases: int) -> None:
    whole = reader.whole()
    path = tmp_path / reader.name
    path.write_bytes(whole)
    reader.read(path)  # as it is, it is in order

    @seed(7)
    @settings(max_examples=5 * cases, deadline=None, database=None)
    @given(st.integers(0, 2**32))
    def try_one(number: int) -> None:
        write_spoilt(path, whole, number)
        try:
            reader.read(path)
        except UserError as problem:
            words = str(problem)
            assert 0 < len(words) < 3_000
            assert "Traceback" not in words

    try_one()


def test_the_long_run_finds_what_fails_or_is_slow(
    tmp_path: Path, cases: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path) -> None:
        if path.read_bytes() != b"whole":
            raise ValueError

    monkeypatch.setattr("tests.reliability.fuzzing.READERS", (Reader("a.txt", lambda: b"whole", failing),))
    tried = next(fuzz(tmp_path, 1, turn_seconds=0.05))["a.txt"]
    assert 0 < len(tried.failed) <= tried.inputs
    assert tried.read + len(tried.failed) == tried.inputs
    assert 0 < most_memory() < 100 * LARGE_MB
