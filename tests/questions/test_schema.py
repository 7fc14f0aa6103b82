"""The JSON Schema for editors says the same as the checks."""

import json
import re

from simulator.paths import shipped
from simulator.questions.bank_files import BANK_FIELDS, EXAMPLE_FIELDS, QUESTION_FIELDS
from simulator.questions.schema import bank_schema


def test_the_shipped_schema_is_the_one_the_fields_make() -> None:
    written = (shipped("question_banks") / "schema.json").read_text(encoding="utf-8")
    assert written == bank_schema(), "run: second-round banks schema > question_banks/schema.json"


def test_the_schema_has_every_key_and_what_must_be_there() -> None:
    schema = json.loads(bank_schema())
    one = schema["properties"]["questions"]["items"]
    assert set(schema["properties"]) == {field.name for field in BANK_FIELDS}
    assert set(one["properties"]) == {field.name for field in QUESTION_FIELDS}
    assert one["required"] == ["id", "ask", "kind"]
    assert one["additionalProperties"] is False
    assert set(one["properties"]["examples"]["items"]["properties"]) == {field.name for field in EXAMPLE_FIELDS}
    assert one["properties"]["target_seconds"] == {
        "description": "What a good spoken answer takes.", "type": "integer", "minimum": 10, "maximum": 600,
    }  # fmt: skip


def test_patterns_of_the_schema_are_whole_and_work_elsewhere() -> None:
    pattern = json.loads(bank_schema())["properties"]["bank"]["pattern"]
    assert re.search(pattern, "night-shift")
    assert not re.search(pattern, "Night shift")
