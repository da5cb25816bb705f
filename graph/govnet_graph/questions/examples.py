"""Example values for parameters: things of the demonstration district, so that a question can be tried at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govnet_graph.questions.model import Kind, Parameter, Question

#: The day on which the demonstration district is best looked at.
DAY = "2026-06-01"
#: An id of the demonstration district for each label that a parameter may ask for.
IDS: Mapping[str, str] = {
    "Area": "210902",
    "District": "210902",
    "Street": "210902003",
    "Community": "210902003013",
    "Grid": "210902003013001",
    "Unit": "unit-210902-11",
    "Member": "member-f136",
    "Organization": "org-coordination-body",
    "Resource": "res-forum-pavilion",
    "Service": "svc-meals",
    "Need": "need-210902003012-1",
    "Project": "proj-210902003001-1",
    "Case": "case-210902009008-w013",
    "Requirement": "req-grid-full-time",
    "Claim": "claim-f013",
    "Source": "src-article",
    "Plan": "plan-load-demo-1",
    "Entity": "unit-210902-11",
}
#: Where the type alone does not choose a telling example: (question, parameter).
_SPECIAL: Mapping[tuple[str, str], Any] = {
    ("coverage-evidence", "area"): IDS["Grid"],
    ("search", "q"): "aimin",
    ("sources-of", "ids"): [IDS["Unit"], IDS["Resource"]],
    ("shortest-path", "from"): IDS["Member"],
    ("shortest-path", "to"): IDS["Grid"],
    ("pairing-changes", "from"): "2026-01-01",
    ("area-changes", "from"): "2026-01-01",
    ("relationship-source", "relationship"): "RESPONSIBLE_FOR:org-210902003>210902003",
}
_BY_KIND: Mapping[str, Any] = {
    Kind.DATE: DAY,
    Kind.DATETIME: f"{DAY}T00:00:00Z",
    Kind.STRING: "爱民",
    Kind.BOOLEAN: True,
}


def of_parameter(question: Question, p: Parameter, labels: tuple[str, ...] = ()) -> Any:
    """An example value of one parameter, an id of one of the labels where it is narrowed to them; None without any."""
    special = _SPECIAL.get((question.id, p.name))
    if special is not None:
        return special
    if p.is_id:
        return IDS.get(labels[0] if labels else p.type)
    if p.values:
        return p.values[0]
    if p.default is not None and p.default != "today":
        return p.default
    return _BY_KIND.get(p.type)


def required(question: Question) -> dict[str, Any]:
    """Example values of all parameters that a caller must give."""
    return {p.name: of_parameter(question, p) for p in question.parameters if p.required}
