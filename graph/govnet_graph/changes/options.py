"""How a ledger is to be imported: which table is what, for which area it is complete, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.changes.model import Side
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.who import Choice
from govnet_graph.schema import SCHEMA

_KEYS = ("kind", "tables", "complete_for", "as_of", "choices", "conflicts", "allow_ending", "member_kind")
_HINT = "The documentation of the API describes the options of an import."


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What one table is: its kind (empty to leave it out), and its columns by letter or title."""

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of the person who imports; every one may be left open.

    Parameters
    ----------
    kind : str
        Kind of all tables whose kind is not given; empty to detect it.
    tables : mapping of str to TableChoice
        By sheet, or by sheet and header row (``Sheet1!3``) where a sheet holds several.
    complete_for : str
        Code of the area for which the ledger lists everything; empty where it does not say so.
    as_of : date or None
        Day as of which the ledger speaks; today unless given.
    choices : mapping of str to Choice
        Decisions on doubtful references, by their key.
    conflicts : {"graph", "ledger"}
        Whose value stands where the graph has a later one.
    allow_ending : float
        Largest share of what the ledger is complete for that it may end.
    member_kind : str
        Kind of member that people of a Popolo file are where it does not say so; empty to leave them out, by name.
    """

    kind: str = ""
    tables: Mapping[str, TableChoice] = field(default_factory=dict)
    complete_for: str = ""
    as_of: dt.date | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    conflicts: Side = "graph"
    allow_ending: float = 0.2
    member_kind: str = ""

    @classmethod
    def read(cls, raw: object) -> Options:
        """Options from plain data. Raises BadInput with the part that cannot be read."""
        if not isinstance(raw, Mapping):
            raise BadInput("The options of an import are an object.", hint=_HINT)
        unknown = [str(key)[:40] for key in raw if key not in _KEYS]
        if unknown:
            raise BadInput(f"An import has no option {unknown[0]!r}.", hint=f"Options are {', '.join(_KEYS)}.")
        side, share = raw.get("conflicts", "graph"), raw.get("allow_ending", 0.2)
        if side not in ("graph", "ledger"):
            raise BadInput("The option conflicts is graph or ledger.", hint=_HINT)
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise BadInput("The option allow_ending is a number from 0 to 1.", hint=_HINT)
        as_of, area = _day(raw.get("as_of")), _text(raw, "complete_for")
        if area and as_of is None:
            raise BadInput(
                "A ledger is complete for an area on a day; the day is missing.", hint="Give as_of (`--as-of DAY`)."
            )
        choices = {str(key): Choice.read(_object(value, "choices")) for key, value in _entries(raw, "choices")}
        return cls(_kind(raw, "kind"), _tables(raw), area, as_of, choices, side, float(share), _member_kind(raw))

    def as_json(self) -> dict[str, Any]:
        """Plain data that ``read`` reads."""
        return {
            "kind": self.kind,
            "tables": {key: {"kind": t.kind, "columns": dict(t.columns)} for key, t in self.tables.items()},
            "complete_for": self.complete_for,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "choices": {
                key: {"verdict": c.verdict.value, "target": c.target, "denied": list(c.denied)}
                for key, c in self.choices.items()
            },
            "conflicts": self.conflicts,
            "allow_ending": self.allow_ending,
            "member_kind": self.member_kind,
        }


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadInput(f"Each entry of the option {where} is an object.", hint=_HINT)
    return value


def _entries(raw: Mapping[str, Any], key: str) -> list[tuple[str, Any]]:
    held = raw.get(key) or {}
    if not isinstance(held, Mapping) or len(held) > 10_000:
        raise BadInput(f"The option {key} is an object of at most 10,000 entries.", hint=_HINT)
    return [(str(name), value) for name, value in held.items()]


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key) or ""
    if not isinstance(value, str) or len(value) > 200:
        raise BadInput(f"The option {key} is a short text.", hint=_HINT)
    return value.strip()


def _kind(raw: Mapping[str, Any], key: str) -> str:
    value = _text(raw, key)
    return kind_of(value).id if value else ""


def _member_kind(raw: Mapping[str, Any]) -> str:
    value, known = _text(raw, "member_kind"), SCHEMA.nodes["Member"].by_name["kind"].values
    if value and value not in known:
        raise BadInput(f"There is no kind of member {value!r}.", hint=f"There are {', '.join(known)}.")
    return value


def _day(value: object) -> dt.date | None:
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise BadInput(f"{str(value)[:40]!r} is no day.", hint="Write it as 2026-06-01.") from None


def _tables(raw: Mapping[str, Any]) -> dict[str, TableChoice]:
    found = {}
    for name, value in _entries(raw, "tables"):
        held = _object(value, "tables")
        kind = _kind(held, "kind")
        columns = {column: _text({"column": key}, "column") for column, key in _entries(held, "columns")}
        if kind:
            known = {column.key for column in kind_of(kind).columns}
            wrong = [key for key in columns.values() if key and key not in known]
            if wrong:
                raise BadInput(
                    f"A ledger of kind {kind} has no column {wrong[0]!r}.",
                    hint=f"Columns are {', '.join(sorted(known))}.",
                )
            doubled = [key for key in columns.values() if key and list(columns.values()).count(key) > 1]
            if doubled:
                raise BadInput(f"The column {doubled[0]!r} is given twice for {name!r}.", hint="Give it once.")
        found[name] = TableChoice(kind, {column: key for column, key in columns.items() if key})
    return found
