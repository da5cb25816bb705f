"""The register of an article's facts: where each stands, what became of it, and the proof that none is left out.

The columns, dispositions and reasons are explained in ``seeds/article/README.md``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from govnet_graph.records import Dataset, Edge, Node, RecordError
from govnet_graph.schema import SCHEMA
from govnet_graph.seeds.read import read_rows

ARTICLE_SOURCE = "src-article"
COLUMNS = ("fact", "line", "offset", "phrase", "disposition", "targets", "reason", "model")
DISPOSITIONS = ("node", "relationship", "claim", "none")
REASONS = (
    "in-schema",
    "class",
    "kind-of-event",
    "method",
    "purpose",
    "slogan",
    "date-marker",
    "outside-district",
    "sensitive",
)
LONGEST_PHRASE = 20
_FACT = re.compile(r"F\d{3}")
_MODEL = re.compile(r"(?P<type>[A-Za-z_]+)(\.(?P<property>[a-z_]+)=(?P<value>.+))?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its place in the source, a short quote, and the records that rest on it."""

    id: str
    line: int
    offset: int
    phrase: str
    disposition: str
    targets: tuple[str, ...]
    reason: str
    model: tuple[str, ...]

    @property
    def source_ref(self) -> str:
        """The place in the source: line, counted from 1, and character offset in the whole text, from 0."""
        return f"{self.line}:{self.offset}"


@dataclass(frozen=True, slots=True)
class FactAccount:
    """How many facts became what: by disposition, by reason for those without a record, and records resting on them."""

    facts: int
    dispositions: Mapping[str, int]
    reasons: Mapping[str, int]
    targets: int


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The register in row order. Raises RecordError naming the row that cannot be read."""
    facts = []
    for number, row in read_rows(path):
        if tuple(row) != COLUMNS:
            raise RecordError(f"{path.name}: the columns are {', '.join(row)}, not {', '.join(COLUMNS)}")
        if not (_FACT.fullmatch(row["fact"]) and row["line"].isdigit() and row["offset"].isdigit()):
            place = f"{row['fact']!r} at {row['line']!r}:{row['offset']!r}"
            raise RecordError(f"{path.name} row {number}: {place} is no fact F000 at line:offset")
        facts.append(
            Fact(
                row["fact"],
                int(row["line"]),
                int(row["offset"]),
                row["phrase"],
                row["disposition"],
                _parts(row["targets"]),
                row["reason"],
                _parts(row["model"]),
            )
        )
    return tuple(facts)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def account(facts: Iterable[Fact], data: Dataset, expected: int) -> FactAccount:
    """Count what became of the facts, having proved that F001 to F``expected`` are all accounted for.

    Raises
    ------
    RecordError
        A fact is missing or repeated, a target does not exist, a reason is not one of the list, or a record claims
        the article as its source although no fact leads to it.
    """
    listed = list(facts)
    problems = [*_register_problems(listed, data, expected), *_target_problems(listed, data), *_unfounded(listed, data)]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise RecordError(
            f"register of facts: {problems[0]}{more}", hint="Correct facts.csv or the table it points to."
        )
    return FactAccount(
        facts=len(listed),
        dispositions={name: sum(f.disposition == name for f in listed) for name in DISPOSITIONS},
        reasons=dict(sorted(Counter(f.reason for f in listed if f.reason).items())),
        targets=len({target for f in listed for target in f.targets}),
    )


def _register_problems(facts: list[Fact], data: Dataset, expected: int) -> Iterator[str]:
    """Faults of the register by itself."""
    numbers = Counter(f.id for f in facts)
    wanted = [f"F{n:03d}" for n in range(1, expected + 1)]
    for fact in wanted:
        if numbers[fact] != 1:
            yield f"{fact} is listed {numbers[fact]} times"
    for fact in sorted(set(numbers) - set(wanted)):
        yield f"{fact} is not a fact of the source"
    for f in facts:
        if not 0 < len(f.phrase) <= LONGEST_PHRASE:
            yield f"{f.id} quotes {len(f.phrase)} characters, not 1 to {LONGEST_PHRASE}"
        if f.disposition not in DISPOSITIONS:
            yield f"{f.id} has the unknown disposition {f.disposition!r}"
        if f.disposition == "none" and (f.reason not in REASONS or f.targets):
            yield f"{f.id} became nothing, so it needs a reason of the list and no target"
        if f.disposition != "none" and (f.reason or not f.targets):
            yield f"{f.id} became a {f.disposition}, so it needs a target and no reason"
        if (f.reason == "in-schema") != bool(f.model):
            yield f"{f.id} must name what of the schema holds it, and only if its reason is in-schema"
        yield from (f"{f.id}: the schema has no {place}" for place in f.model if not _in_schema(place, data))


def _in_schema(place: str, data: Dataset) -> bool:
    """Whether ``Label``, ``TYPE``, ``Label.property=value`` or ``TYPE.property=value`` is part of the schema.

    Where the schema leaves a list to the district, as that of kinds of case, the value must stand in the district's table.
    """
    match = _MODEL.fullmatch(place)
    if match is None:
        return False
    declared = SCHEMA.nodes.get(match["type"]) or SCHEMA.relationships.get(match["type"])
    if declared is None or match["property"] is None:
        return declared is not None
    prop = declared.by_name.get(match["property"])
    if prop is None or prop.values:
        return prop is not None and match["value"] in prop.values
    return any(n.label == match["type"] and n.props.get(prop.name) == match["value"] for n in data.nodes)


def _target_problems(facts: list[Fact], data: Dataset) -> Iterator[str]:
    """Targets that do not exist, and facts none of whose targets is what the disposition says."""
    kinds = {node.id: "claim" if node.label == "Claim" else "node" for node in data.nodes}
    kinds |= {edge.id: "relationship" for edge in data.edges}
    for f in facts:
        missing = [target for target in f.targets if target not in kinds]
        if missing:
            yield f"{f.id} leads to {missing[0]}, which is not there"
        elif f.targets and f.disposition not in {kinds[target] for target in f.targets}:
            yield f"{f.id} became a {f.disposition}, but none of its targets is one"


def _unfounded(facts: list[Fact], data: Dataset) -> Iterator[str]:
    """Records that name the article as their source although no fact leads to them.

    STATED_IN comes from the register itself, and ABOUT only says what a claim that a fact leads to speaks about.
    """
    founded = {target for f in facts for target in f.targets}
    records: list[Node | Edge] = [*data.nodes, *(e for e in data.edges if e.type not in ("STATED_IN", "ABOUT"))]
    for record in records:
        if record.props.get("source") == ARTICLE_SOURCE and record.id not in founded:
            yield f"{record.id} names the article as its source, but no fact leads to it"
