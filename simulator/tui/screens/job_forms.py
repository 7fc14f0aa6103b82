"""The forms of a job: its facts and what matters to its people, and one thing it asks for."""

from dataclasses import replace

from simulator.preparation.job import (
    FACTS,
    Job,
    Requirement,
    RequirementKind,
    with_change,
    with_facts,
    with_priorities,
    with_requirement,
)
from simulator.tui.screens.record_form import FieldOf, RecordForm, Values

LABELS = {"role": "Role", "company": "Company", "place": "Place", "contact": "Contact", "email": "Mail"}
LONGEST_NAME = 3
"""Words before a colon that may be somebody's name."""


def facts_form(job: Job) -> RecordForm[Job]:
    """Role, company, place, contact, and what matters to the people there; it gives the job as changed."""
    fields = [FieldOf(name, LABELS[name], getattr(job, name)) for name in FACTS]
    named = [f"{name}: {text}" if name else text for name, texts in job.priorities.items() for text in texts]
    hint = "one a line; 'Name: ...' where one person said so"
    fields.append(FieldOf("priorities", "What matters to them", "\n".join(named), hint, lines=True))
    return RecordForm(f"The job: {job.title}", fields, lambda values: _with_facts(job, values))


def _with_facts(job: Job, values: Values) -> Job:
    changed = with_facts(job, {name: values[name] for name in FACTS})
    changed = replace(changed, priorities={})
    for line in values["priorities"].splitlines():
        name, colon, text = line.partition(":")
        named = bool(colon and text.strip() and len(name.split()) <= LONGEST_NAME)
        changed = with_priorities(changed, name.strip() if named else "", [text if named else line])
    return changed


def requirement_form(title: str, job: Job, requirement: Requirement | None) -> RecordForm[Job]:
    """What a job asks for, or (None) one thing more; it gives the job as changed."""
    kinds = tuple((kind.value, kind.value) for kind in RequirementKind)
    needed = (("needed", "yes"), ("nice to have", "no"))
    source = f"It comes from: “{requirement.source}”" if requirement and requirement.source else "F9 saves it."
    fields = (
        FieldOf("text", "What is asked for", requirement.text if requirement else "", lines=True),
        FieldOf("kind", "Kind", requirement.kind.value if requirement else "", options=kinds),
        FieldOf("must", "How much", "no" if requirement and not requirement.must else "yes", options=needed),
    )

    def keep(values: Values) -> Job:
        kind, must = RequirementKind(values["kind"]), values["must"] == "yes"
        if requirement is None:
            return with_requirement(job, values["text"], kind, must)
        return with_change(job, requirement.id, values["text"], kind, must)

    return RecordForm(title, fields, keep, about=source)
