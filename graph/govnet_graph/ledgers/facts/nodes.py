"""Nodes that rows state: what a new thing still needs, and what several rows say of one thing put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govnet_graph.ledgers.facts import problems
from govnet_graph.ledgers.facts.meant import At, Stated, Understood
from govnet_graph.ledgers.model import Row
from govnet_graph.ledgers.who import SURE, Index
from govnet_graph.ledgers.who.names import compare, normal, prepare
from govnet_graph.ledgers.words import WORDS
from govnet_graph.records import Node
from govnet_graph.schema import AREAS, SCHEMA
from govnet_graph.seeds.areas import short_name
from govnet_graph.spool import compact

#: States of what a ledger lists without saying how far it has come.
_STATES = {"Need": "open", "Case": "raised"}
_OF_ROLE = {
    "full-time": "full-time-grid-worker",
    "professional": "professional-grid-worker",
    "mediator": "mediator",
    "volunteer": "volunteer",
}
ROLE_OF = {kind: role for role, kind in _OF_ROLE.items()}
_WRITTEN_BY_STORE = ("id", "source")


@compact
@dataclass(frozen=True, slots=True)
class Statement:
    """What one row states of one node, and the cell that it rests on."""

    at: At
    stated: Stated
    ref: str


def complete(row: Row, meant: Understood, index: Index) -> None:
    """Fill in what follows from the rest of a row; a new thing that still lacks what it needs becomes a problem."""
    for stated in meant.stated.values():
        if stated.label in AREAS:
            _area(stated)
        elif stated.label == "Member":
            _member(row, stated, meant, index)
        elif stated.label in _STATES and not stated.known:
            stated.props.setdefault("state", _STATES[stated.label])
        declared = SCHEMA.nodes[stated.label].by_name
        stated.props = {key: value for key, value in stated.props.items() if key in declared}
        missing = [
            name
            for name, prop in declared.items()
            if prop.required and name not in _WRITTEN_BY_STORE and name not in stated.props
        ]
        if missing and not stated.known:
            meant.problems.append(problems.lacks(stated.label, missing))


def _area(stated: Stated) -> None:
    props = stated.props
    props.setdefault("code", stated.id)
    if stated.label == "Grid":
        props.setdefault("code_scheme", "community-serial-3")
    if stated.label == "Community" and "name" in props and not stated.known:
        official = str(props["name"])
        props["name"] = short_name(official)
        if props["name"] != official:
            props["aliases"] = list(dict.fromkeys([*props.get("aliases", []), official]))


def _member(row: Row, stated: Stated, meant: Understood, index: Index) -> None:
    """A person's kind follows from the post, the public title from both and from the place."""
    if stated.known:
        return
    props = stated.props
    role, profession = row.values.get("role"), row.values.get("profession")
    if "kind" not in props and isinstance(role, str) and role in _OF_ROLE:
        props["kind"] = _OF_ROLE[role]
    if "kind" not in props and row.values.get("party_member") is True:
        props["kind"] = "party-member"
    if isinstance(profession, str):
        props.setdefault("profession", profession)
    if "title" not in props and "kind" in props:
        words = WORDS["Member", "profession"].get(str(props.get("profession")), ())
        words = words or WORDS["Member", "kind"].get(str(props["kind"]), ())
        props["title"] = _place_name(meant, index) + (words[0] if words else str(props["kind"]))


def _place_name(meant: Understood, index: Index) -> str:
    place = next((index.entries[i] for i in (meant.place(),) if i in index.entries), None)
    for role in ("unit", "organization"):
        if place is None and meant.roles.get(role):
            place = index.entries.get(meant.roles[role][0][0])
    return place.name if place is not None else ""


def merged(held: Sequence[Statement], index: Index, source: str) -> Node:
    """One node of all that rows state of it; they have been found not to contradict each other."""
    first = min(held, key=lambda s: s.at)
    props: dict[str, Any] = {}
    aliases: list[str] = []
    for statement in sorted(held, key=lambda s: s.at):
        props |= statement.stated.props
        aliases += [a for a in statement.stated.props.get("aliases", []) if a not in aliases]
    entry = index.entries.get(first.stated.id)
    known = entry is not None and not entry.fresh
    if aliases:
        # A ledger adds to the names that a thing is known by and takes none away.
        before = list(entry.aliases) if known and entry is not None else []
        props["aliases"] = [*before, *(a for a in aliases if a not in before)]
    if known and all(statement.stated.by_name for statement in held):
        props.pop("name", None)
    elif known and entry is not None and entry.label != "Member" and "name" in props:
        _keep_name(props, entry.label, entry.names, index)
    return Node(first.stated.label, first.stated.id, {**props, "source": source, "source_ref": first.ref})


def _keep_name(props: dict[str, Any], label: str, names: Sequence[str], index: Index) -> None:
    """Leave the graph's name as it is where the ledger writes the same one in other words; another name is a new name."""
    written = str(props["name"])
    asked = prepare(written, label, index.places)
    forms = [prepare(name, label, index.places) for name in names]
    same = normal(written) in {normal(name) for name in names}
    if same or any(compare(asked, form)[0] >= SURE for form in forms):
        del props["name"]
