"""What competencies are called on the screen: a bank holds ids ("self-presentation"), people read words."""

_NAMES = {
    "self-presentation": "introducing yourself",
    "curiosity": "forward-looking questions",
    "self-awareness": "knowing yourself",
    "integrity": "honesty",
    "learning": "learning new things",
    "conflict": "handling conflict",
    "pressure": "working under pressure",
    "expertise": "knowing your field",
    "safety": "working safely",
    "customer-care": "looking after customers",
    "adaptability": "adapting to change",
    "initiative": "taking the initiative",
    "leadership": "leading others",
}


def competency_name(id_: str) -> str:
    """A competency in words; one that a user's own bank brings by its id."""
    return _NAMES.get(id_) or id_.replace("-", " ").replace("_", " ")
