"""The elements that the app, the guide and the docs share."""

from pathlib import Path

from simulator.reading import elements as e
from simulator.reading.elements import GRADES, elements
from tests.reading_model.marks import ELEMENTS


def test_every_element_has_its_words() -> None:
    for element in elements().values():
        assert element.name
        assert element.missing
        assert element.is_.endswith(".")
        assert element.is_not.endswith(".")
        assert element.good


def test_code_data_and_guide_name_the_same_elements() -> None:
    named = {value for name, value in vars(e).items() if name.isupper() and isinstance(value, str)}
    assert named == set(elements()) == set(ELEMENTS)
    assert tuple(elements()["question"].grades) == GRADES


def test_the_docs_tell_of_every_element() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
    for element in elements().values():
        assert f"`{element.id}`" in told, element.id
