"""Which phrase of a posting is told as its company or place, whatever the network likes best word by word."""

import json

import numpy
import pytest

from simulator.paths import shipped
from simulator.preparation.posting import as_fact, read_posting
from simulator.preparation.posting_facts import candidates_for, facts_in
from simulator.preparation.posting_layout import PostingPage, page_of
from simulator.preparation.posting_model import FACTS, LABELS, PostingGuess

_Likely = dict[str, float]
"""Words at which a fact may begin or end (as "2:Hospice" from the third line), with their probabilities."""


def _guess(page: PostingPage, fact: str, starts: _Likely, ends: _Likely) -> PostingGuess:
    """What the network would say if it thought of these words for one fact, and of nothing for the others."""
    at = {f"{number}:{word.text}": None for number, line in enumerate(page.lines) for word in line.words}
    rows = {word: row for row, word in enumerate(at)}
    assert len(rows) == sum(len(line.words) for line in page.lines), "no word twice in a line"
    sides = []
    for likely in (starts, ends):
        logs = numpy.full((len(rows) + 1, len(FACTS)), -9.0, numpy.float32)
        logs[-1] = -0.01
        logs[-1, FACTS.index(fact)] = numpy.log(max(1 - sum(likely.values()), 0.01))
        for word, chance in likely.items():
            logs[rows[word], FACTS.index(fact)] = numpy.log(chance)
        sides.append(logs)
    labels = numpy.full((len(page.pieces), len(LABELS)), 1 / len(LABELS), numpy.float32)
    return PostingGuess(labels, numpy.ones(len(page.pieces), numpy.float32), *sides)


def _told(fact: str, text: str, starts: _Likely, ends: _Likely) -> str:
    page = page_of(text)
    return as_fact(fact, facts_in(page, _guess(page, fact, starts, ends))[fact])


def test_a_company_is_not_cut_out_of_its_name() -> None:
    text = "Kitchen Porter – BLUE HINGE BISTRO, by the market. Thursday to Sunday."
    told = _told("company", text, {"0:BLUE": 0.9}, {"0:HINGE": 0.5, "0:BISTRO,": 0.4})
    assert told == "BLUE HINGE BISTRO"


@pytest.mark.parametrize(
    ("text", "starts", "ends", "told"),
    [
        ("Cleaner\nCanal Yard, unit 6", {"1:Canal": 0.9}, {"1:Canal": 0.5, "1:Yard,": 0.4}, "Canal Yard"),
        ("Driver\nLeeds then all over", {"1:Leeds": 0.9}, {"1:Leeds": 0.35, "1:over": 0.4}, "Leeds"),
    ],
)
def test_a_place_is_neither_cut_nor_run_on(text: str, starts: _Likely, ends: _Likely, told: str) -> None:
    assert _told("place", text, starts, ends) == told


def test_what_stands_in_two_places_counts_together() -> None:
    text = "Cook wanted\nOtterbank Hospice\nHexham Kitchens\nYou cook for Otterbank Hospice, every day"
    starts = {"1:Otterbank": 0.3, "3:Otterbank": 0.3, "2:Hexham": 0.35}
    ends = {"1:Hospice": 0.3, "3:Hospice,": 0.3, "2:Kitchens": 0.35}
    assert _told("company", text, starts, ends) == "Otterbank Hospice"


def test_the_address_of_an_e_mail_speaks_for_a_company() -> None:
    text = "Cook\nMarlow Foods\nHexham Kitchens\nWrite to ana@{}.example"
    starts, ends = {"1:Marlow": 0.45, "2:Hexham": 0.45}, {"1:Foods": 0.45, "2:Kitchens": 0.45}
    assert _told("company", text.format("marlowfoods"), starts, ends) == "Marlow Foods"
    assert _told("company", text.format("hexham-kitchens"), starts, ends) == "Hexham Kitchens"


def test_what_the_network_hardly_thinks_of_is_not_told() -> None:
    assert _told("company", "Deckhand wanted\nbeam trawler", {"1:beam": 0.05}, {"1:trawler": 0.05}) == ""


def test_every_feature_has_a_weight_for_every_fact() -> None:
    weights = json.loads((shipped("assets") / "posting" / "facts.json").read_text(encoding="utf-8"))
    page = page_of("Cook at The Blue Door")
    for fact in FACTS:
        found = candidates_for(fact, page, _guess(page, fact, {"0:The": 0.5}, {"0:Door": 0.5}))
        assert {name for each in found for name in each.features} == set(weights[fact])


def test_a_sentence_that_names_the_company_is_not_the_role() -> None:
    job = read_posting(
        "Parcelhaven needs two delivery drivers in Lund.\n\nYou drive a van of ours through the old town and bring "
        "parcels to shops and homes. You have a driving licence and are friendly at the door."
    )
    assert job.role == "Delivery drivers"


def test_a_company_behind_the_role_is_told() -> None:
    job = read_posting(
        "# Customer Success Manager @ Loomly Wharf\n\nBristol or remote\n\n## About us\nLoomly Wharf makes software "
        "for small docks.\n\n## You will\n* run onboarding for new harbours\n* write the help pages\n\n## You have\n"
        "* three years in customer success\n* patience with tide tables\n"
    )
    assert job.company == "Loomly Wharf"
