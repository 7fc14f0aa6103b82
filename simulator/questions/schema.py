"""JSON Schemas for editors, made of the same fields that files are checked by."""

import json
from collections.abc import Sequence
from typing import Any

from simulator.data_files import Field
from simulator.questions.bank_files import BANK_FIELDS


def bank_schema() -> str:
    """`question_banks/schema.json`, as text."""
    document = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A question bank of Second Round",
        **_object(BANK_FIELDS),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _object(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.required],
        "properties": {field.name: _property(field) for field in fields},
    }


def _property(field: Field) -> dict[str, Any]:
    return ({"description": field.help} if field.help else {}) | _shape(field)


def _shape(field: Field) -> dict[str, Any]:
    match field.kind:
        case "number" | "decimal":
            bounds = {"minimum": field.least, "maximum": field.most}
            shape = {"type": "integer" if field.kind == "number" else "number"}
            return shape | {name: bound for name, bound in bounds.items() if bound is not None}
        case "switch":
            return {"type": "boolean"}
        case "words":
            return {"type": "array", "uniqueItems": True, "items": _text(field)}
        case "mapping":
            text = {"type": "string", "minLength": 1, "maxLength": field.longest}
            if field.choices:
                return {"type": "object", "additionalProperties": False,
                        "properties": dict.fromkeys(field.choices, text)}  # fmt: skip
            return {"type": "object", "additionalProperties": text}
        case "record":
            return _object(field.fields)
        case "records":
            return {"type": "array", "minItems": 1, "items": _object(field.fields)}
    return _text(field)


def _text(field: Field) -> dict[str, Any]:
    if field.choices:
        return {"type": "string", "enum": list(field.choices)}
    shape: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": field.longest}
    if field.pattern:
        shape["pattern"] = f"^(?:{field.pattern})$"
    if field.examples:
        shape["examples"] = list(field.examples)
    return shape
