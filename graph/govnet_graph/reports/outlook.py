"""What is open and what is meant to be done: gaps, ledgers, plans and the certificate, as sections of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from govnet_graph.documents import Line, Row, Section, cell, filled, plain
from govnet_graph.reports import words
from govnet_graph.reports.model import Audience, Planned, Record
from govnet_graph.reports.parts import Telling, evidence_name, ledger_name, listed
from govnet_graph.schema import Text

_PER_STREET = 5


def gaps(telling: Telling) -> Section:
    """What certainly lacks, by street; for leaders the most urgent of each."""
    found = [row for row in telling.facts.gaps if row["state"] == "uncovered"]
    ordered = sorted(found, key=lambda row: row["street"]["id"] if row["street"] else "")
    few = ordered if telling.full else _first_of_each(ordered)
    said = words.ALL_OF if len(few) == len(found) else words.FIRST_OF
    line = Line(filled(said, count=len(found), most=_PER_STREET), telling.asked("coverage-gaps", state="uncovered"))
    rows = tuple(_gap(telling, row) for row in few)
    headings = (words.AREA, words.STREET, words.REQUIREMENT, words.WHY, words.CLOSE, words.PRIORITY)
    return listed("gaps", line, words.NONE_OPEN, headings, rows)


def _gap(telling: Telling, row: Record) -> Row:
    known = row["state"] == "uncovered"
    rule = next((r for r in telling.facts.requirements if r["requirement"]["id"] == row["requirement"]["id"]), None)
    ledger = ledger_name(row["ledger"])
    why = filled(words.GAP_WHY if known else words.UNKNOWN_WHY, ledger=ledger, have=row["have"], minimum=row["minimum"])
    close = filled(words.UNKNOWN_CLOSE, ledger=ledger)
    if known:
        what = evidence_name(rule["evidence"] if rule else "")
        close = filled(words.GAP_CLOSE, count=max(row["minimum"] - row["have"], 1), what=what)
    street = row["street"]["name"] if row["street"] else ""
    cells = (
        telling.area(row["area"]["id"]), cell(street), telling.requirements()[row["requirement"]["id"]], why, close,
        plain(row["priority"]),
    )  # fmt: skip
    return Row(row["area"]["id"], cells, 0, row["area"]["id"] in telling.facts.synthetic)


def ledgers(telling: Telling) -> Section:
    """Which ledger would settle what is unknown; for leaders all streets together."""
    total = sum(row["unknown"] for row in telling.facts.ledgers)
    line = Line(filled(words.COUNT, count=total), telling.asked("missing-ledgers"))
    headings: tuple[Text, ...]
    if telling.full:
        rows = [
            Row(
                row["ledger"],
                (ledger_name(row["ledger"]), cell(row["street"]["name"] if row["street"] else None), plain(row["unknown"]),
                 plain(row["areas"])),
            )
            for row in telling.facts.ledgers
        ]  # fmt: skip
        headings = (words.LEDGER, words.STREET, words.JUDGEMENTS, words.AREAS)
    else:
        sums: Counter[str] = Counter()
        for row in telling.facts.ledgers:
            sums[row["ledger"]] += row["unknown"]
        rows = [
            Row(name, (ledger_name(name), plain(count)))
            for name, count in sorted(sums.items(), key=lambda item: (-item[1], item[0]))
        ]
        headings = (words.LEDGER, words.JUDGEMENTS)
    return listed("ledgers", line, words.NONE_UNKNOWN, headings, tuple(rows))


def unknown(telling: Telling) -> Section:
    """Each judgement that is unknown."""
    found = [row for row in telling.facts.gaps if row["state"] == "unknown"]
    ordered = sorted(found, key=lambda row: row["street"]["id"] if row["street"] else "")
    line = Line(filled(words.ALL_OF, count=len(found)), telling.asked("coverage-gaps", state="unknown"))
    headings = (words.AREA, words.STREET, words.REQUIREMENT, words.WHY, words.CLOSE, words.PRIORITY)
    rows = tuple(_gap(telling, row) for row in ordered)
    return listed("unknown", line, words.NONE_UNKNOWN, headings, rows, 2)


def plans(telling: Telling, plans: Sequence[Planned]) -> Section:
    """The newest plans; where lists are full each change of them."""
    line = Line(
        filled(words.COUNT, count=len(plans)),
        telling.notes.number(filled(words.PLANNED, version=telling.facts.version)),
    )
    rows = []
    for plan in plans:
        said = _plan_counts(plan, public=telling.audience is Audience.PUBLIC)
        if telling.full and plan.changes:
            said = _joined([said, *map(_change, plan.changes)])
        cells = (
            plain(plan.name), words.PLAN_STATES[plan.state], plain(plan.effective_on), said,
            plain(plan.certificate or "—"),
        )  # fmt: skip
        rows.append(Row(plan.id, cells))
    headings = (words.PLAN, words.STATE, words.FROM_DAY, words.CHANGES, words.HASH)
    return listed("plans", line, words.NONE_PLANNED, headings, tuple(rows))


def certificate(telling: Telling) -> Section:
    """The verdict, its proof in words, and the hashes by which anybody can check it."""
    title, found = words.SECTIONS["certificate"], telling.facts.certificate
    if found is None:
        return Section("certificate", title, (Line(words.NONE_CERTIFIED),))
    note = telling.notes.number(filled(words.CERTIFIED, last=telling.facts.last, version=telling.facts.version))
    lines = [Line(filled(words.VERDICT_LINE, verdict=words.VERDICT[found.verdict]), note)]
    if telling.audience is not Audience.PUBLIC:
        lines += [Line(text) for text in found.lines]
    lines += [Line(filled(words.SEAL, seal=found.seal)), Line(filled(words.SNAPSHOT, snapshot=found.snapshot))]
    return Section(
        "certificate", title, (*lines, Line(filled(words.CHECK, area=telling.facts.area[0], last=telling.facts.last)))
    )


def _first_of_each(rows: Iterable[Record]) -> list[Record]:
    """The first rows of each street; they come by urgency."""
    seen: Counter[str] = Counter()
    few = []
    for row in rows:
        street = row["street"]["id"] if row["street"] else ""
        seen[street] += 1
        if seen[street] <= _PER_STREET:
            few.append(row)
    return few


def _plan_counts(plan: Planned, *, public: bool) -> Text:
    return words.NO_DETAIL if public else filled(words.COUNTED, **plan.counts)


def _change(change: Record) -> Text:
    unit, area = change["entity"], change["to"]
    return filled(
        words.ONE_CHANGE, operation=words.OPERATIONS.get(change["operation"], plain(change["operation"])),
        unit=(unit or {}).get("name") or "—", area=(area or {}).get("name") or "—",
    )  # fmt: skip


def _joined(texts: Sequence[Text]) -> Text:
    return Text(";".join(text.zh for text in texts), "; ".join(text.en for text in texts))
