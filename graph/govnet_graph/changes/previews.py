"""What an import would do, as plain data for a person: cells, changes, doubts, what is held back and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.changes.model import ChangeSet, Conflict, Item, Preview
from govnet_graph.ledgers.account import Account
from govnet_graph.ledgers.facts import Review
from govnet_graph.ledgers.model import Problem, Row, address
from govnet_graph.ledgers.who import Candidate
from govnet_graph.schema import SCHEMA, Text

_MOST = 200


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table as it was found: its name (sheet, or sheet and header row), kind, columns and number of rows.

    ``columns`` holds, for each, its letters, its title, the key that it is mapped to (empty for none), score and how found.
    """

    name: str
    sheet: str
    kind: str
    score: float
    learned: bool
    columns: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class ImportPreview:
    """What one import would do to the graph.

    Parameters
    ----------
    tables : list of TableShown
    account : Account
        The fate of every cell, doubtful rows counted as quarantined.
    rows : list of Row
        Rows that are quarantined.
    reviews : list of Review
        Doubtful references for somebody to decide.
    changes : Preview or None
        What would change; None where no table was mapped.
    changeset : ChangeSet or None
    withheld : Text or None
        Why the ledger does not count as complete although it was declared so.
    already : str
        Id of the plan that has applied this very content; empty when none has.
    notices : list of Text
        What the reader of the file wants to be known.
    standard : str
        The standard of a file that has no tables (popolo, hsds, govnet); empty for a ledger.
    """

    id: str
    tables: list[TableShown]
    account: Account
    rows: list[Row]
    reviews: list[Review]
    changes: Preview | None = None
    changeset: ChangeSet | None = None
    withheld: Text | None = None
    already: str = ""
    notices: list[Text] = field(default_factory=list)
    standard: str = ""

    @property
    def clean(self) -> bool:
        """Whether every row could be read and understood."""
        return not self.rows and not self.reviews

    def as_json(self, *, names: bool = False, most: int = _MOST) -> dict[str, Any]:
        """The whole preview; lists are cut at ``most``, counts are not. Names of members in the graph only with ``names``."""
        return {
            "id": self.id,
            "standard": self.standard or None,
            "tables": [_table(table) for table in self.tables],
            "cells": self.account.as_json(),
            "ignored": {name: {r.value: n for r, n in s.by_rule().items()} for name, s in self.account.sheets.items()},
            "balanced": self.account.balances,
            "changes": changes_json(self.changes, names=names, most=most),
            "quarantine": {"rows": len(self.rows), "items": [_row(row) for row in self.rows[:most]]},
            "doubts": {"total": len(self.reviews), "items": [_review(r, names=names) for r in self.reviews[:most]]},
            "withheld": text_json(self.withheld) if self.withheld else None,
            "already": self.already or None,
            "notices": [text_json(text) for text in self.notices],
        }


def text_json(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": text.zh, "en": text.en}


def changes_json(found: Preview | None, *, names: bool, most: int = _MOST) -> dict[str, Any] | None:
    """The counts of a preview and its first items."""
    if found is None:
        return None
    return {
        "new": len(found.new),
        "changed": len(found.changed),
        "ended": len(found.ended),
        "unchanged": found.unchanged,
        "confirmed": found.confirmed,
        "conflicts": len(found.conflicts),
        "share": found.share,
        "data_version": found.data_version,
        "items": {
            "new": _items(found.new, names=names, most=most),
            "changed": _items(found.changed, names=names, most=most),
            "ended": _items(found.ended, names=names, most=most),
            "conflicts": [_conflict(c, names=names) for c in found.conflicts[:most]],
        },
    }


def _items(items: Sequence[Item], *, names: bool, most: int) -> list[dict[str, Any]]:
    return [
        {
            "operation": item.operation,
            "kind": item.kind,
            "id": item.id,
            "start": item.start,
            "end": item.end,
            "before": _plain(item.kind, item.before, names=names),
            "after": _plain(item.kind, item.after, names=names),
            "reason": item.reason or None,
        }
        for item in items[:most]
    ]


def _plain(kind: str, props: Mapping[str, Any], *, names: bool) -> dict[str, Any]:
    """Properties as JSON holds them; what is sensitive or personal is masked unless names may be seen."""
    node = SCHEMA.nodes.get(kind)
    shown = {}
    for key, value in props.items():
        declared = node.by_name.get(key) if node is not None else None
        if key == "search":
            continue
        hidden = declared is not None and declared.privacy.masked_by_default and not names
        shown[key] = "…" if hidden and value is not None else _value(value)
    return shown


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _conflict(conflict: Conflict, *, names: bool) -> dict[str, Any]:
    both = {"graph": conflict.graph, "ledger": conflict.ledger}
    shown = {side: _plain(conflict.kind, {conflict.property: value}, names=names) for side, value in both.items()}
    return {
        "kind": conflict.kind,
        "id": conflict.id,
        "property": conflict.property,
        "graph": shown["graph"].get(conflict.property),
        "ledger": shown["ledger"].get(conflict.property),
        "source": conflict.graph_source,
        "day": conflict.graph_day.isoformat(),
    }


def _table(table: TableShown) -> dict[str, Any]:
    return {
        "name": table.name,
        "sheet": table.sheet,
        "kind": table.kind or None,
        "score": round(table.score, 3),
        "learned": table.learned,
        "columns": [dict(column) for column in table.columns],
        "missing": list(table.missing),
        "rows": table.rows,
    }


def _row(row: Row) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.number, "problems": [_problem(problem) for problem in row.problems]}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "cell": address(problem.place) if problem.place else None,
        "text": text_json(problem.text),
    }


def _review(review: Review, *, names: bool) -> dict[str, Any]:
    about_member = "Member" in review.labels
    said = {key: _value(value) for key, value in review.said.items() if value not in (None, "")}
    if about_member and not names:
        said = _plain("Member", said, names=False)
    return {
        "key": review.key,
        "labels": list(review.labels),
        "said": said,
        "cells": list(review.cells[:20]),
        "rows": len(review.cells),
        "candidates": [_candidate(c, review.said) for c in review.candidates],
    }


def _candidate(candidate: Candidate, said: Mapping[str, Any]) -> dict[str, Any]:
    entry = candidate.entry
    return {
        "id": entry.id,
        "label": entry.label,
        "score": candidate.score,
        "how": candidate.how.value,
        "fresh": entry.fresh,
        "shown": {key: _value(value) for key, value in entry.shown().items()},
        "places": list(entry.places[:5]),
        **candidate.sides(dict(said)),
    }
