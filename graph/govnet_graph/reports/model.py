"""What a report rests on (``Facts``), and what its readers are told of it (``Report``). No clock: its day is the last of the period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from govnet_graph.documents import Note, Section, both, section_json
from govnet_graph.errors import BadInput
from govnet_graph.questions.values import today
from govnet_graph.schema import Text

USUAL_DAYS = 30
_MOST_DAYS = 3660
_YEARS = (1900, 2199)
Record = Mapping[str, Any]
#: (area, requirement)
Cell = tuple[str, str]


class Audience(StrEnum):
    """Whom a report is for."""

    LEADERS = "leaders"
    JOINT_MEETING = "joint-meeting"
    STREET = "street"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Counts:
    """Areas that meet a requirement, certainly miss it, or of which nobody knows; None where small counts are withheld."""

    covered: int | None
    uncovered: int | None
    unknown: int | None
    total: int

    @classmethod
    def of(cls, record: Record) -> Counts:
        """The counts of a row of the coverage matrix."""
        return cls(record["covered"], record["uncovered"], record["unknown"], record["total"])

    @property
    def parts(self) -> tuple[int, int, int]:
        """The three counts. Only of what is not withheld."""
        assert self.covered is not None
        assert self.uncovered is not None
        assert self.unknown is not None
        return self.covered, self.uncovered, self.unknown

    def hidden(self) -> Counts:
        """The same without its parts: how many areas there are is no secret."""
        return Counts(None, None, None, self.total)

    @property
    def withheld(self) -> bool:
        """Whether its parts are withheld."""
        return self.covered is None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "covered": self.covered, "uncovered": self.uncovered, "unknown": self.unknown, "total": self.total,
            "withheld": self.withheld,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one requirement in one area (id and name), on the last day and, for the whole, on the first."""

    requirement: str
    name: Text
    area: tuple[str, str]
    whole: bool
    now: Counts
    before: Counts | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "requirement": {"id": self.requirement, "name": both(self.name)},
            "area": {"id": self.area[0], "name": self.area[1]}, "whole": self.whole, **self.now.as_json(),
            "before": None if self.before is None else self.before.as_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan: what it is called, where it stands and what it changes; ``certificate`` is the hash of the coverage that it leads to."""

    id: str
    name: str
    state: str
    effective_on: dt.date
    certificate: str
    counts: Mapping[str, int | None]
    changes: tuple[Record, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, without the single changes."""
        return {
            "id": self.id, "name": self.name, "state": self.state, "effective_on": self.effective_on.isoformat(),
            "certificate": self.certificate or None, **self.counts,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Certified:
    """What the coverage certificate says; ``lines`` in words, Chinese and English."""

    verdict: str
    seal: str
    snapshot: str
    exact: bool
    unmet: tuple[float, float] | None
    lines: tuple[Text, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "verdict": self.verdict, "seal": self.seal, "snapshot": self.snapshot, "exact": self.exact,
            "unmet": None if self.unmet is None else {"low": self.unmet[0], "high": self.unmet[1]},
            "text": [both(line) for line in self.lines],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the questions answered about a period, all of one data version.

    ``now`` and ``before`` are rows of the coverage matrix; ``judged`` and ``judged_before`` the state of each cell;
    ``names`` what areas are called, ``streets`` the street that each lies in; ``synthetic`` the ids of what was generated,
    ``generated`` whether anything in the graph was.
    """

    area: tuple[str, str]
    first: dt.date
    last: dt.date
    version: int
    generated: bool
    synthetic: frozenset[str]
    requirements: tuple[Record, ...]
    now: tuple[Record, ...]
    before: tuple[Record, ...]
    judged: Mapping[Cell, str]
    judged_before: Mapping[Cell, str]
    names: Mapping[str, str]
    streets: Mapping[str, str]
    gaps: tuple[Record, ...]
    ledgers: tuple[Record, ...]
    pairings: tuple[Record, ...]
    sources: Mapping[str, str]
    plans: tuple[Planned, ...]
    certificate: Certified | None


@dataclass(frozen=True, slots=True)
class Report:
    """What an audience is told: figures as numbers, all of it as sections of a document."""

    area: tuple[str, str]
    first: dt.date
    last: dt.date
    audience: Audience
    data_version: int
    synthetic: bool
    least: int | None
    title: Text
    about: tuple[Text, ...]
    figures: tuple[Figure, ...]
    changes: Mapping[str, int | None]
    plans: tuple[Planned, ...]
    certificate: Certified | None
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as plain data, in both languages."""
        return {
            "area": {"id": self.area[0], "name": self.area[1]}, "from": self.first.isoformat(), "to": self.last.isoformat(),
            "as_of": self.last.isoformat(), "audience": self.audience.value, "data_version": self.data_version,
            "synthetic": self.synthetic, "least": self.least, "title": both(self.title),
            "about": [both(line) for line in self.about], "figures": [figure.as_json() for figure in self.figures],
            "changes": dict(self.changes), "plans": [plan.as_json() for plan in self.plans],
            "certificate": None if self.certificate is None else self.certificate.as_json(),
            "sections": [section_json(section) for section in self.sections],
            "notes": [{"number": note.number, "text": both(note.text)} for note in self.notes],
        }  # fmt: skip


def period(first: dt.date | None, last: dt.date | None, day: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """The days of a report: until today, and thirty days long, where left out. Raises BadInput.

    >>> period(None, dt.date(2026, 6, 1))
    (datetime.date(2026, 5, 2), datetime.date(2026, 6, 1))
    """
    end = last or day or today()
    for one in (first, end):
        if one is not None and not _YEARS[0] <= one.year <= _YEARS[1]:
            raise BadInput(f"{one} is not a day that can be asked about.", hint="Ask for one from 1900 to 2199.")
    start = first or end - dt.timedelta(days=USUAL_DAYS)
    if start >= end:
        raise BadInput(f"A period from {start} to {end} holds no day.", hint="Let it begin before it ends.")
    if (end - start).days > _MOST_DAYS:
        raise BadInput(f"A period from {start} to {end} is too long.", hint="Ask for ten years at most.")
    return start, end
