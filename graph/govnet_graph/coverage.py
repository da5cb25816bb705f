"""Requirements as data, and the judgement of whether an area meets one: three values, pure functions.

A requirement says what an area of one level needs, by an evidence key:

==================== ==================================================================================
``chain:<1-5>``      an organization of that level of the five-level chain is responsible for the area
``pairing``          a unit is paired with the area
``worker:full-time`` a full-time worker is assigned to the area
``worker:<job>``     a professional worker (heating, telecom, police, mediator, judge) is assigned to it
``service:<code>``   a resource that serves the area provides the service, or a paired unit undertakes it
``resource:<kind>``  a resource of that kind serves the area
==================== ==================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from govnet_graph.records import Node, RecordError, value_fault
from govnet_graph.schema import EVIDENCE_PREFIXES, LEDGER_KINDS, PROFESSIONS, SCHEMA

CHAIN_LEVELS = ("1", "2", "3", "4", "5")
WORKERS = ("full-time", *PROFESSIONS)
RESOURCE_KINDS = SCHEMA.nodes["Resource"].by_name["kind"].values
LEDGERS_OF = {
    "chain": ("party-chain",),
    "pairing": ("pairings",),
    "worker": ("workers",),
    "service": ("services", "resources", "pairings"),
    "resource": ("resources",),
}
"""Which kinds of ledger can turn the absence of each kind of evidence into a gap."""
EVIDENCE_FORM = f"^(pairing|chain:({'|'.join(CHAIN_LEVELS)})|worker:({'|'.join(WORKERS)})|resource:({'|'.join(RESOURCE_KINDS)})|service:[a-z][a-z0-9-]*)$"
"""What an evidence key looks like; which services there are is for the district to say."""


class RequirementError(RecordError):
    """A row of requirements cannot be used; the message names each row and the reason."""

    code = "requirement-invalid"


class State(StrEnum):
    """Whether an area meets a requirement."""

    COVERED = "covered"
    UNCOVERED = "uncovered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evidence key, split: its prefix and what follows the colon (empty for ``pairing``)."""

    prefix: str
    value: str

    def __str__(self) -> str:
        return f"{self.prefix}:{self.value}" if self.value else self.prefix

    @classmethod
    def parse(cls, key: str, services: Iterable[str]) -> Evidence:
        """The evidence that ``key`` names; ``services`` are the codes that exist. Raises ValueError with the reason.

        >>> Evidence.parse("worker:police", ()).value
        'police'
        """
        prefix, colon, value = key.partition(":")
        if prefix not in EVIDENCE_PREFIXES:
            raise ValueError(f"evidence {key!r} does not begin with one of {', '.join(EVIDENCE_PREFIXES)}")
        if prefix == "pairing":
            if colon:
                raise ValueError(f"evidence {key!r}: pairing takes no value")
            return cls(prefix, "")
        allowed = {"chain": CHAIN_LEVELS, "worker": WORKERS, "resource": RESOURCE_KINDS, "service": tuple(services)}[
            prefix
        ]
        if value not in allowed:
            known = f"one of {', '.join(allowed)}" if allowed else "known: there are no services"
            raise ValueError(f"evidence {key!r}: {value!r} is not {known}")
        return cls(prefix, value)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What every area of a level needs.

    Parameters
    ----------
    id, name, name_en : str
        Identity and display names.
    level : str
        Grid, Community or Street.
    evidence : Evidence
        What counts as a provider.
    scope : str
        ``reach``: evidence on the area or one above it; ``within``: on the area or one inside it.
    minimum : int
        Smallest number of distinct providers, at least 1.
    applies : str
        ``all`` areas of the level, or ``demonstration`` grids alone.
    group : str
        Group of people it is for.
    ledger : str
        Kind of ledger whose completeness turns absence into a gap.
    standard : str
        Published standard or working list that it follows.
    priority : int
        1 is the highest.
    """

    id: str
    name: str
    name_en: str
    level: str
    evidence: Evidence
    scope: str
    minimum: int
    applies: str
    group: str
    ledger: str
    standard: str
    priority: int


def judge(providers: int, minimum: int, ledger_complete: bool) -> State:
    """Whether ``providers`` distinct providers meet a requirement of ``minimum``.

    Absence is a gap only where the ledger for that kind of fact is complete for the area on that day; otherwise
    nothing is known. Raises ValueError for a negative count or a minimum below 1.

    >>> judge(0, 1, ledger_complete=False)
    <State.UNKNOWN: 'unknown'>
    """
    if providers < 0 or minimum < 1:
        raise ValueError(f"{providers} providers against a minimum of {minimum}: neither makes sense below 0 and 1")
    if providers >= minimum:
        return State.COVERED
    return State.UNCOVERED if ledger_complete else State.UNKNOWN


def requirements_of(nodes: Iterable[Node]) -> tuple[Requirement, ...]:
    """The requirements among ``nodes``, by priority and id; service codes are those of the Service nodes among them.

    Raises
    ------
    RequirementError
        Names every faulty row with its reasons.
    """
    listed = list(nodes)
    services = tuple(sorted(str(n.props.get("code", "")) for n in listed if n.label == "Service"))
    rows = [n for n in listed if n.label == "Requirement"]
    problems = [f"requirement {row.id}: {fault}" for row in rows for fault in faults_of(row, services)]
    found = [] if problems else [_parsed(row, services) for row in rows]
    problems.extend(_repeated(found))
    if problems:
        raise RequirementError("; ".join(problems), hint="Correct the rows in Requirement.csv.")
    return tuple(sorted(found, key=lambda r: (r.priority, r.id)))


def faults_of(row: Node, services: Iterable[str]) -> Iterator[str]:
    """Every reason why one Requirement node cannot be used; ``services`` are the service codes that exist."""
    declared = SCHEMA.nodes["Requirement"].by_name
    for name, prop in declared.items():
        if name == "id":
            continue
        if name not in row.props:
            if prop.required:
                yield f"{name} is missing"
        elif fault := value_fault(prop, row.props[name]):
            yield f"{name} {fault}"
    if row.props.get("applies") == "demonstration" and row.props.get("level") != "Grid":
        yield "applies to demonstration grids, so its level must be Grid"
    try:
        evidence = Evidence.parse(str(row.props.get("evidence", "")), services)
    except ValueError as error:
        yield str(error)
        return
    ledger = row.props.get("ledger")
    if ledger in LEDGER_KINDS and ledger not in LEDGERS_OF[evidence.prefix]:
        yield f"a ledger of {ledger} cannot settle {evidence}; it needs {' or '.join(LEDGERS_OF[evidence.prefix])}"


def _parsed(row: Node, services: Iterable[str]) -> Requirement:
    text = {name: str(value) for name, value in row.props.items()}
    return Requirement(
        id=row.id,
        name=text["name"],
        name_en=text.get("name_en", text["name"]),
        level=text["level"],
        evidence=Evidence.parse(text["evidence"], services),
        scope=text["scope"],
        minimum=int(text["minimum"]),
        applies=text["applies"],
        group=text.get("group", "everyone"),
        ledger=text["ledger"],
        standard=text["standard"],
        priority=int(text["priority"]),
    )


def _repeated(found: Iterable[Requirement]) -> Iterator[str]:
    """Rows that ask the same of the same areas, which could only repeat or contradict each other."""
    seen: dict[tuple[str, str, str, str], str] = {}
    for row in found:
        key = (row.level, str(row.evidence), row.scope, row.applies)
        if key in seen:
            yield f"requirement {row.id}: asks the same as {seen[key]} ({', '.join(key)})"
        seen.setdefault(key, row.id)
