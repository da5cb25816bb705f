"""Puts together what the cases teach from the answers of questions, all of one data version.

Channels overlap in what they count, so each stands for itself and nothing here adds one to another.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govnet_graph.cases.lessons.stats import mean, quantile, wilson, withheld
from govnet_graph.errors import BadInput
from govnet_graph.questions import question
from govnet_graph.questions.values import today
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.reader import Answer, ask, home_of
from govnet_graph.store.whole import whole

Record = Mapping[str, Any]
LEVELS = ("Street", "Community")
_DIGITS = {"Street": 9, "Community": 12}
_MOST = 20_000
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the cases of an area teach. Withheld figures are None, and ``withheld`` says so beside them."""

    area: str
    level: str
    first: dt.date | None
    last: dt.date
    as_of: dt.date
    least: int
    data_version: int
    rates: tuple[Record, ...]
    times: tuple[Record, ...]
    load: tuple[Record, ...]
    recurring: tuple[Record, ...]

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "area": self.area, "level": self.level, "from": self.first, "to": self.last, "as_of": self.as_of, "least": self.least,
            "data_version": self.data_version, "rates": list(self.rates), "times": list(self.times), "load": list(self.load),
            "recurring": list(self.recurring),
        }  # fmt: skip


async def lessons(
    graph: Graph, *, area: str = "", level: str = "Street", first: dt.date | None = None, last: dt.date | None = None,
    as_of: dt.date | None = None, least: int = 5,
) -> Lessons:  # fmt: skip
    """What the cases of an area teach.

    Parameters
    ----------
    graph : Graph
    area : str
        Code of an area; the loaded district where left out.
    level : {"Street", "Community"}
        Level of area that rates and load are told by.
    first, last : date, optional
        Period in which cases were raised or dispatched; without a first day all count.
    as_of : date, optional
    least : int
        Smallest count that is shown.

    Raises
    ------
    BadInput, NotFound, NothingLoaded, WriteConflict
    """
    if level not in LEVELS:
        raise BadInput(f"There is no level {level[:20]!r} here.", hint=f"There are {', '.join(LEVELS)}.")
    day = as_of or today()
    if first is not None and (last or day) < first:
        raise BadInput(f"{last or day} comes before {first}.")
    home = area or await home_of(graph) or ""
    span = {name: value for name, value in (("from", first), ("to", last)) if value is not None}
    given = {"area": home, "as_of": day, **span}
    for _ in range(_ATTEMPTS):
        total = await _all(graph, "case-rates", {**given, "level": "District"})
        parts = await _all(graph, "case-rates", {**given, "level": level})
        times = await _all(graph, "answer-times", {**given, "label": "Unit"})
        load = await _all(graph, "worker-load", given)
        gaps = await _all(graph, "recurring-gaps", {**given, "at_least": 2})
        versions = {answer.data_version for answer in (total, parts, times, load, gaps)}
        if len(versions) == 1:
            codes = sorted({home, *(area["id"][: _DIGITS[level]] for row in load.records() for area in row["areas"])})
            rows = await graph.read("MATCH (a:Entity) WHERE a.id IN $ids RETURN a.id, a.name", {"ids": codes})
            names = {str(id_): str(name) for id_, name in rows}
            return Lessons(
                home, level, first, last or day, day, least, versions.pop(),
                tuple(_rates(total.records(), parts.records(), least)), tuple(_times(times.records(), least)),
                tuple(_load(load.records(), names, home, _DIGITS[level], least)), tuple(gaps.records()),
            )  # fmt: skip
    raise WriteConflict("The graph is being written to without a pause.", hint="Try again in a moment.")


async def _all(graph: Graph, id_: str, given: Mapping[str, object]) -> Answer:
    asked = question(id_)
    return await whole(lambda skip, rows: ask(graph, asked, {**given, "skip": skip}, rows_at_most=rows), most=_MOST)


def rate(solved: int, cases: int) -> dict[str, Any]:
    """A rate in percent with its 95 percent interval, rounded to two decimals."""
    bounds = wilson(solved, cases)
    if bounds is None:
        return {"rate": None, "low": None, "high": None}
    return {"rate": round(100 * solved / cases, 2), "low": round(100 * bounds[0], 2), "high": round(100 * bounds[1], 2)}


def _small(row: Record, least: int) -> bool:
    """Whether the solved cases of a row, or those that are not, are too few to be told."""
    return any(0 < count < least for count in (row["solved"], row["cases"] - row["solved"]))


def _covered(hidden: Sequence[Record], least: int) -> bool:
    """Whether nothing small follows of the rates that are withheld when those of all others and of the whole are known."""
    return not hidden or (
        len(hidden) >= 2 and not _small({name: sum(row[name] for row in hidden) for name in ("cases", "solved")}, least)
    )


def _rates(whole: Sequence[Record], parts: Sequence[Record], least: int) -> list[Record]:
    """Per channel the rate of all, and of each area; each channel by itself."""
    of = defaultdict(list)
    for row in parts:
        of[row["channel"]].append(row)
    told: list[Record] = []
    for row in whole:
        channel, rows = row["channel"], of[row["channel"]]
        out, total_out = withheld([r["cases"] for r in rows], least)
        total_out = total_out or 0 < row["cases"] < least
        shares = [hidden or _small(r, least) for hidden, r in zip(out, rows, strict=True)]
        total_share = total_out or _small(row, least)
        order = sorted(range(len(rows)), key=lambda at: (rows[at]["cases"], at))
        while not total_share and not _covered([r for r, out_ in zip(rows, shares, strict=True) if out_], least):
            # What is withheld would follow from the others and the whole: the smallest that is shown goes too, or the whole.
            at = next((at for at in order if not shares[at]), None)
            if at is None:
                total_share = True
            else:
                shares[at] = True
        told.append(_told(row["area"], channel, row, total_out, total_share, whole=True))
        told += [
            _told(r["area"], channel, r, hidden, share, whole=False)
            for r, hidden, share in zip(rows, out, shares, strict=True)
        ]
    return told


def _told(area: Record, channel: str, row: Record, hidden: bool, share: bool, *, whole: bool) -> Record:
    base = {"area": area, "channel": channel, "whole": whole, "synthetic": row["synthetic"] > 0}
    if hidden or share:
        nothing = {"solved": None, "rate": None, "low": None, "high": None}
        return {**base, "cases": None if hidden else row["cases"], **nothing, "withheld": True}
    return {
        **base,
        "cases": row["cases"],
        "solved": row["solved"],
        **rate(row["solved"], row["cases"]),
        "withheld": False,
    }


def _times(rows: Sequence[Record], least: int) -> list[Record]:
    """Median, ninth decile and mean of days to accept and to solve, by unit."""
    told: list[Record] = []
    for row in rows:
        record: dict[str, Any] = {"responder": row["responder"]}
        record["dispatched"] = row["dispatched"] if row["dispatched"] >= least else None
        record["withheld"] = row["dispatched"] < least
        for name in ("to_accept", "to_solve"):
            counts = {item["days"]: item["dispatches"] for item in row[name]}
            number = sum(counts.values())
            shown = number >= least
            average = mean(counts)
            record[name] = {
                "dispatches": number if shown or number == 0 else None,
                "median": quantile(counts, 0.5) if shown else None,
                "ninth_decile": quantile(counts, 0.9) if shown else None,
                "mean": round(average, 1) if shown and average is not None else None,
            }
        told.append(record)
    return told


def _load(rows: Sequence[Record], names: Mapping[str, str], home: str, digits: int, least: int) -> list[Record]:
    """Workers of each area and the cases that lie with them; areas with too few workers are withheld."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        for code in sorted({area["id"][:digits] for area in row["areas"]}):
            groups[code].append(row)
    codes = sorted(groups)
    out, total_out = withheld([len(groups[code]) for code in codes], least)
    figures = {name: [sum(row[name] for row in groups[code]) for code in codes] for name in ("open", "dispatched")}
    small = {name: withheld(counts, least) for name, counts in figures.items()}
    told: list[Record] = []
    if rows:
        few = {name for name, (_, hidden) in small.items() if hidden}
        told.append(_per_worker(_area(home, names), rows, total_out or 0 < len(rows) < least, few, whole=True))
    for at, code in enumerate(codes):
        few = {name for name, (hidden, _) in small.items() if hidden[at]}
        told.append(_per_worker(_area(code, names), groups[code], out[at], few, whole=False))
    return told


def _area(code: str, names: Mapping[str, str]) -> Record:
    return {"id": code, "name": names.get(code)}


def _per_worker(area: Record, rows: Sequence[Record], hidden: bool, few: set[str], *, whole: bool) -> Record:
    """Workers and cases of one area; ``few`` names the counts that are too small to be told, or follow from such."""
    counts = {name: sum(row[name] for row in rows) for name in ("open", "dispatched")}
    told = {name: None if hidden or name in few else count for name, count in counts.items()}
    share = None if told["open"] is None else round(told["open"] / len(rows), 2)
    return {
        "area": area, "whole": whole, "withheld": hidden or bool(few), "workers": None if hidden else len(rows), **told,
        "open_per_worker": share,
    }  # fmt: skip
