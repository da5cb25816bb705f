"""All rows of a ledger together: in rounds until nothing more becomes known, then merged into nodes and claims.

The order of rows decides nothing: all rows of a round are read against the same index, and what they make known counts
from the next round on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.ledgers.account import SheetAccount
from govnet_graph.ledgers.facts import problems
from govnet_graph.ledgers.facts.claims import Claim, claims_of
from govnet_graph.ledgers.facts.nodes import Statement, complete, merged
from govnet_graph.ledgers.facts.rows import Context, Said, Understood, body_of, understand
from govnet_graph.ledgers.model import LedgerKind, Problem, Row
from govnet_graph.ledgers.who import Candidate, Entry
from govnet_graph.ledgers.who.ids import member_ids
from govnet_graph.records import Node

_MARKS = frozenset({"name", "id", "phones", "id_number"})
Line = tuple[LedgerKind, Row, SheetAccount]
Accepted = tuple[Line, Understood, list[Claim]]


@dataclass(frozen=True, slots=True)
class Review:
    """A doubtful reference for somebody to decide, with all cells that hold it.

    ``said`` are the properties that the rows give; a person's name is among them, because it stands in the ledger.
    """

    key: str
    labels: tuple[str, ...]
    said: Mapping[str, Any]
    candidates: tuple[Candidate, ...]
    cells: tuple[str, ...]


@dataclass(slots=True)
class Facts:
    """What a ledger states: nodes, claims of relationships, and what somebody has to decide first."""

    nodes: list[Node] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    rows: int = 0
    kept_back: int = 0


def gather(lines: Iterable[Line], context: Context, source: str, secret: bytes) -> Facts:
    """What rows state. Rows that cannot be understood are quarantined in their accounts.

    Parameters
    ----------
    lines : iterable of (kind, row, account of its sheet)
        Rows that have problems already are left as they are.
    context : Context
        Its index comes to know what the rows make known.
    source : str
        Id of the Source that the ledger is.
    secret : bytes
        Key of the ids of people (``who.ids.member_ids``).
    """
    lines = list(lines)
    facts = Facts(rows=len(lines))
    sound = [line for line in lines if not line[1].problems]
    things = [line for line in sound if not _about_people(line[0])]
    people = [line for line in sound if _about_people(line[0])]
    understood = _rounds(things, context)
    context.people = _people(people, context, secret)
    understood += _rounds(people, context)
    accepted: list[Accepted] = []
    for line, meant in understood:
        kind, row, account = line
        claims = claims_of(kind, row, meant, source) if meant.whole else []
        if meant.whole:
            complete(row, meant, context.index)
        if meant.whole and not claims and not meant.stated:
            meant.problems.append(problems.says_nothing())
        if meant.problems:
            account.quarantine(row, *meant.problems)
        else:
            accepted.append((line, meant, claims))
    facts.reviews = _reviews(understood)
    _merge(accepted, context, source, facts)
    facts.kept_back = sum(1 for _, row, _ in lines if row.problems)
    return facts


def _about_people(kind: LedgerKind) -> bool:
    return any(node.stated and node.labels == ("Member",) for node in kind.nodes)


def _rounds(lines: Sequence[Line], context: Context) -> list[tuple[Line, Understood]]:
    """Every row with what it means, read again as long as other rows make something known."""
    done: dict[int, Understood] = {}
    waiting = dict(enumerate(lines))
    while waiting:
        read = {number: understand(line[0], line[1], context) for number, line in waiting.items()}
        whole = {number: found for number, found in read.items() if found.whole}
        fresh = _fresh(whole.values(), context)
        done |= read
        for number in whole:
            del waiting[number]
        if not fresh:
            break
        for entry in fresh:
            context.index.add(entry)
    return [(line, done[number]) for number, line in enumerate(lines)]


def _fresh(understood: Iterable[Understood], context: Context) -> list[Entry]:
    """Things that rows make known and that the index does not hold yet; in the order of their ids."""
    found: dict[str, Entry] = {}
    for meant in understood:
        for stated in meant.stated.values():
            if stated.id in context.index.entries or stated.label == "Member":
                continue
            names = [*found[stated.id].names] if stated.id in found else []
            names += [str(stated.props.get("name", "")), *stated.props.get("aliases", [])]
            names = list(dict.fromkeys(name for name in names if name))
            codes = tuple(str(stated.props[key]) for key in ("code", "credit_code") if stated.props.get(key))
            place = meant.place()
            names.sort(key=lambda name: (name != stated.props.get("name"), name))
            props = {**stated.props, "id": stated.id}
            found[stated.id] = Entry(
                stated.id, stated.label, names[0] if names else "", tuple(names[1:]), codes,
                (place,) if place else (), props, fresh=True,
            )  # fmt: skip
    return [found[key] for key in sorted(found)]


def _people(lines: Sequence[Line], context: Context, secret: bytes) -> dict[tuple[str, int], str]:
    """Ids of the people of all rows, by sheet and row."""
    said = []
    for kind, row, _ in lines:
        values = row.values
        phones = values.get("phones")
        rest = {key: value for key, value in values.items() if key not in _MARKS}
        said.append(
            (
                body_of(kind, row, context),
                str(values.get("name", "")),
                str(values.get("id_number", "")),
                "|".join(sorted(phones)) if isinstance(phones, list) else "",
                json.dumps(rest, ensure_ascii=False, sort_keys=True, default=str),
            )
        )
    ids = member_ids(secret, said)
    return {(row.sheet, row.number): own for (_, row, _), own in zip(lines, ids, strict=True)}


def _reviews(understood: Iterable[tuple[Line, Understood]]) -> list[Review]:
    found: dict[str, list[Said]] = defaultdict(list)
    for _, meant in understood:
        for said in meant.doubts:
            found[said.reference.key].append(said)
    return [
        Review(
            key,
            held[0].reference.labels,
            {"name": held[0].reference.name, **held[0].reference.props},
            held[0].doubt.candidates,
            tuple(said.cell for said in held),
        )
        for key, held in sorted(found.items())
    ]


def _merge(accepted: list[Accepted], context: Context, source: str, facts: Facts) -> None:
    """Put together what several rows say of the same; rows that contradict each other are all taken back."""
    while True:
        statements: dict[str, list[Statement]] = defaultdict(list)
        claims: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for number, ((kind, row, _), meant, stated_claims) in enumerate(accepted):
            for role, stated in meant.stated.items():
                statements[stated.id].append(Statement(number, kind, role, row, stated))
            for claim in stated_claims:
                claims[claim.key].append(claim.of_row(number))
        faults = _contradictions(statements, claims, accepted)
        if not faults:
            break
        for number, problem in faults.items():
            _, row, account = accepted[number][0]
            account.quarantine(row, problem)
        accepted = [item for number, item in enumerate(accepted) if number not in faults]
    facts.nodes = [merged(held, context.index, source) for _, held in sorted(statements.items())]
    facts.claims = [_joined(held) for _, held in sorted(claims.items())]


def _contradictions(
    statements: Mapping[str, Sequence[Statement]],
    claims: Mapping[tuple[str, ...], Sequence[Claim]],
    accepted: Sequence[Accepted],
) -> dict[int, Problem]:
    faults: dict[int, Problem] = {}
    groups: list[tuple[list[int], list[Mapping[str, Any]]]] = [
        ([s.number for s in held], [s.stated.props for s in held]) for held in statements.values()
    ]
    groups += [([c.number for c in held], [c.props for c in held]) for held in claims.values()]
    for numbers, props in groups:
        if len(set(numbers)) > 1 and _disagree(props):
            for number in numbers:
                others = sorted({accepted[n][0][1].source_ref() for n in numbers if n != number})
                faults.setdefault(number, problems.contradicts(others))
    return faults


def _disagree(listed: Sequence[Mapping[str, Any]]) -> bool:
    held: dict[str, Any] = {}
    for props in listed:
        for key, value in props.items():
            if key not in ("aliases", "source", "source_ref") and held.setdefault(key, value) != value:
                return True
    return False


def _joined(held: Sequence[Claim]) -> Claim:
    first = min(held, key=lambda claim: (claim.row.sheet, claim.row.number))
    together: dict[str, Any] = {}
    for claim in held:
        together |= claim.props
    return first.with_props({**together, "source": first.props["source"], "source_ref": first.props["source_ref"]})
