"""The sections of a report, each with the notes that say where its figures come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govnet_graph.documents import Line, Notes, Row, Section, cell, filled, plain
from govnet_graph.ledgers.kinds import KINDS as LEDGERS
from govnet_graph.reports import words
from govnet_graph.reports.model import Audience, Counts, Facts, Figure, Record
from govnet_graph.reports.reckoning import NEWLY, added, turned
from govnet_graph.schema import Text

_TURNS_FOR_LEADERS = 10
_COUNTED = {
    "gained": words.GAINED, "lost": words.LOST, "settled": words.SETTLED, "clouded": words.CLOUDED, NEWLY: words.NEWLY,
    "pairings_began": words.PAIRED, "pairings_ended": words.UNPAIRED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """A report in the making. Whatever it adds to ``notes`` stands behind a figure or a row."""

    facts: Facts
    audience: Audience
    notes: Notes

    @property
    def full(self) -> bool:
        """Whether lists are given in full."""
        return self.audience in (Audience.JOINT_MEETING, Audience.STREET)

    def asked(self, question: str, **given: object) -> int:
        """The note of what one question answered about the last day."""
        said = ", ".join(f"{name}={value}" for name, value in {"area": self.facts.area[0], **given}.items())
        text = filled(
            words.ASKED, question=question, parameters=said, as_of=self.facts.last, version=self.facts.version
        )
        return self.notes.number(text)

    def between(self, question: str) -> int:
        """The note of what is compared between the two days."""
        f = self.facts
        return self.notes.number(
            filled(words.BETWEEN, question=question, parameters=f"area={f.area[0]}", first=f.first, last=f.last,
                   version=f.version)
        )  # fmt: skip

    def coverage(self, figures: Sequence[Figure]) -> Section:
        """Every requirement in the whole area."""
        rows = [figure for figure in figures if figure.whole]
        then = any(figure.before is not None for figure in rows)
        headings = [words.REQUIREMENT, words.COVERED, words.UNCOVERED, words.UNKNOWN, words.TOTAL]
        return Section(
            "coverage", words.SECTIONS["coverage"], (self._sums(rows),),
            (*headings, words.SINCE) if then else tuple(headings),
            tuple(
                Row(f.requirement, (f.name, *_counts(f.now), *([_since(f)] if then else [])), self._rule(f.requirement))
                for f in rows
            ),
            words.NONE_JUDGED,
        )  # fmt: skip

    def _sums(self, rows: Sequence[Figure]) -> Line:
        areas = len({area for area, _ in self.facts.judged})
        note = self.asked("coverage-matrix", level="Street")
        if any(figure.now.withheld for figure in rows):
            # What is withheld of one requirement would follow from the sums of all.
            total = sum(figure.now.total for figure in rows)
            return Line(filled(words.NO_SUMS, areas=areas, needs=len(rows), total=total), note)
        sums = added([figure.now for figure in rows])
        covered, uncovered, unknown = sums.parts
        text = filled(
            words.SUMS, areas=areas, needs=len(rows), total=sums.total, covered=covered, uncovered=uncovered,
            unknown=unknown,
        )  # fmt: skip
        return Line(text, note)

    def _rule(self, requirement: str) -> int:
        """The note of a requirement: its standard, what counts for it, and whether the ledger that settles it is complete."""
        rule = next(row for row in self.facts.requirements if row["requirement"]["id"] == requirement)
        judged = self.facts.judged.items()
        unknown = sum(state == "unknown" for (_, needed), state in judged if needed == requirement)
        complete = filled(words.INCOMPLETE, count=unknown) if unknown else words.COMPLETE
        if self.audience is Audience.PUBLIC and unknown:
            complete = words.PARTLY
        return self.notes.number(
            filled(
                words.RULE, standard=plain(rule["standard"]) if rule["standard"] else words.NO_STANDARD,
                evidence=evidence_name(rule["evidence"]), minimum=rule["minimum"], ledger=ledger_name(rule["ledger"]),
                complete=complete,
            )
        )  # fmt: skip

    def streets(self, figures: Sequence[Figure]) -> Section:
        """The same by street: for leaders all requirements of a street together, for others one by one."""
        parts = [figure for figure in figures if not figure.whole]
        lines = [Line(words.BY_STREET, self.asked("coverage-matrix", level="Street"))]
        out = sum(figure.now.withheld for figure in parts)
        if out:
            lines.append(Line(filled(words.LEFT_OUT, count=out)))
        order = sorted(parts, key=lambda figure: figure.area[0])
        counted = (words.COVERED, words.UNCOVERED, words.UNKNOWN)
        headings: tuple[Text, ...]
        if self.audience is Audience.LEADERS:
            areas = dict.fromkeys(figure.area for figure in order)
            rows = [
                Row(id_, (plain(name), *_counts(added([f.now for f in order if f.area[0] == id_]))))
                for id_, name in areas
            ]
            headings = (words.STREET, *counted, words.JUDGEMENTS)
        else:
            rows = [Row(f.area[0], (plain(f.area[1]), f.name, *_counts(f.now))) for f in order if not f.now.withheld]
            headings = (words.STREET, words.REQUIREMENT, *counted, words.TOTAL)
        return Section("streets", words.SECTIONS["streets"], tuple(lines), headings, tuple(rows), words.NONE_JUDGED, 2)

    def changes(self, changes: Mapping[str, int | None]) -> Section:
        """How much changed."""
        told = [(name, count) for name, count in changes.items() if count != 0]
        lines = [
            Line(
                filled(_COUNTED[name], count=words.WITHHELD if count is None else count),
                self.between("pairing-changes" if name.startswith("pairings") else "coverage-states"),
            )
            for name, count in told
        ]
        return Section(
            "changes", words.SECTIONS["changes"], tuple(lines) or (Line(words.NONE_CHANGED, self.between("coverage-states")),)
        )  # fmt: skip

    def judged(self) -> Section:
        """Each area and requirement that is judged otherwise; for leaders the first, what was lost before all else."""
        found = turned(self.facts)
        few = found if self.full else found[:_TURNS_FOR_LEADERS]
        said = words.COUNT if len(few) == len(found) else words.SOME_OF
        named = self.requirements()
        rows = [
            Row(
                place,
                (self.area(place), cell(self.facts.streets.get(place)), named[requirement],
                 words.NOT_JUDGED if before is None else words.STATES[before], words.STATES[after]),
                0, place in self.facts.synthetic,
            )
            for (place, requirement), before, after in few
        ]  # fmt: skip
        line = Line(filled(said, count=len(found), most=len(few)), self.between("coverage-states"))
        headings = (words.AREA, words.STREET, words.REQUIREMENT, words.BEFORE, words.AFTER)
        return listed("judged", line, words.NONE_CHANGED, headings, tuple(rows), 2)

    def pairings(self) -> Section:
        """Pairings that began or ended, each with its source."""
        rows = [
            Row(
                row["unit"]["id"],
                (plain(row["unit"]["name"] or row["unit"]["id"]), plain(row["area"]["name"] or row["area"]["id"]),
                 words.BEGAN if row["change"] == "began" else words.ENDED, plain(row["day"])),
                self._source(row), bool({row["unit"]["id"], row["area"]["id"]} & self.facts.synthetic),
            )
            for row in self.facts.pairings
        ]  # fmt: skip
        line = Line(filled(words.COUNT, count=len(rows)), self.between("pairing-changes"))
        headings = (words.UNIT, words.AREA, words.CHANGE, words.DAY)
        return listed("pairings", line, words.NONE_CHANGED, headings, tuple(rows), 2)

    def _source(self, row: Record) -> int:
        name = self.facts.sources.get(row["source"] or "")
        text = words.NO_SOURCE if name is None else filled(words.SOURCE, source=name, ref=row["source_ref"] or "—")
        return self.notes.number(text)

    def area(self, area: str) -> Text:
        """What an area is called."""
        return plain(self.facts.names.get(area) or area)

    def requirements(self) -> dict[str, Text]:
        """What requirements are called, by id."""
        return {
            row["requirement"]["id"]: Text(row["requirement"]["name"], row["name_en"] or row["requirement"]["name"])
            for row in self.facts.requirements
        }


def listed(
    key: str, line: Line, none: Text, headings: tuple[Text, ...], rows: tuple[Row, ...], level: int = 1
) -> Section:
    """A list under its line; where it is empty that is said instead, with the same note."""
    lines = (line if rows else Line(none, line.note),)
    return Section(key, words.SECTIONS[key], lines, headings, rows, level=level)


def _counts(counts: Counts) -> tuple[Text, ...]:
    """The three counts, each for itself, and the total."""
    if counts.withheld:
        return (words.WITHHELD, words.WITHHELD, words.WITHHELD, plain(counts.total))
    return (*map(plain, counts.parts), plain(counts.total))


def _since(figure: Figure) -> Text:
    """How the number of areas that are covered moved; nothing where the requirement was not judged before."""
    if figure.before is None:
        return words.NOT_JUDGED
    moved = figure.now.parts[0] - figure.before.parts[0]
    return plain(f"{moved:+d}" if moved else "0")


def ledger_name(kind: str) -> Text:
    """What a kind of ledger is called."""
    return LEDGERS[kind].text if kind in LEDGERS else plain(kind)


def evidence_name(key: str) -> Text:
    """What a requirement counts, in words."""
    return words.EVIDENCE.get(key.partition(":")[0], words.PROVIDER)
