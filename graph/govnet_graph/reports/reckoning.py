"""The figures of a report, from what the questions answered: sums and differences, nothing is judged anew. Exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from govnet_graph.reports.model import Cell, Counts, Facts, Figure
from govnet_graph.reports.small import withheld_rows
from govnet_graph.schema import Text

#: Kinds of change of a judgement, by the states before and after.
KINDS = {
    ("uncovered", "covered"): "gained",
    ("unknown", "covered"): "gained",
    ("covered", "uncovered"): "lost",
    ("covered", "unknown"): "lost",
    ("unknown", "uncovered"): "settled",
    ("uncovered", "unknown"): "clouded",
}
NEWLY = "newly"
#: In the order in which they are told.
ORDER = ("lost", "gained", "settled", "clouded", NEWLY)
Turn = tuple[Cell, str | None, str]


def figures_of(facts: Facts) -> tuple[Figure, ...]:
    """Counts by requirement, the most urgent first: those of the whole, then those of each street."""
    found = []
    for row in facts.requirements:
        requirement = row["requirement"]
        name = Text(requirement["name"], row["name_en"] or requirement["name"])
        rows = [r for r in facts.now if r["requirement"]["id"] == requirement["id"]]
        if not rows:
            continue
        then = [Counts.of(r) for r in facts.before if r["requirement"]["id"] == requirement["id"]]
        now = [Counts.of(r) for r in rows]
        before = added(then) if then else None
        found.append(Figure(requirement["id"], name, facts.area, True, added(now), before))
        found += [
            Figure(requirement["id"], name, (r["area"]["id"], r["area"]["name"]), False, counts)
            for r, counts in zip(rows, now, strict=True)
        ]
    return tuple(found)


def added(counts: list[Counts]) -> Counts:
    """The sums of counts that are not withheld."""
    parts = [one.parts for one in counts]
    covered, uncovered, unknown = (sum(part[at] for part in parts) for at in range(3))
    return Counts(covered, uncovered, unknown, sum(one.total for one in counts))


def withheld(figures: tuple[Figure, ...], least: int) -> tuple[Figure, ...]:
    """The figures without small counts, and without those of the first day, from which others would follow."""
    by_requirement: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_requirement[figure.requirement].append(figure)
    found: list[Figure] = []
    for whole, *rows in by_requirement.values():
        out, whole_out = withheld_rows([row.now.parts for row in rows], least)
        for figure, hide in zip((whole, *rows), (whole_out, *out), strict=True):
            found.append(replace(figure, now=figure.now.hidden() if hide else figure.now, before=None))
    return tuple(found)


def counted(facts: Facts) -> dict[str, int]:
    """How much changed, by kind of change."""
    kinds = Counter(kind_of(before, after) for _, before, after in turned(facts))
    told = {name: kinds[name] for name in ("gained", "lost", "settled", "clouded", "newly")}
    began = Counter(row["change"] for row in facts.pairings)
    return {**told, "pairings_began": began["began"], "pairings_ended": began["ended"]}


def turned(facts: Facts) -> list[Turn]:
    """(cell, state before or None, state after) of all that is judged otherwise: by kind of change, then urgency, then area."""
    rank = {row["requirement"]["id"]: at for at, row in enumerate(facts.requirements)}
    found = [
        (cell, facts.judged_before.get(cell), state)
        for cell, state in facts.judged.items()
        if facts.judged_before.get(cell) != state and cell[1] in rank
    ]
    return sorted(found, key=lambda turn: (ORDER.index(kind_of(*turn[1:])), rank[turn[0][1]], turn[0]))


def kind_of(before: str | None, after: str) -> str:
    """The kind of a change of judgement."""
    return NEWLY if before is None else KINDS[before, after]
