"""What a complete ledger no longer lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from govnet_graph.changes.model import End
from govnet_graph.errors import BadInput
from govnet_graph.records import RecordError
from govnet_graph.schema import LEDGER_KINDS
from govnet_graph.store.driver import Graph

_WITHIN = "a.id STARTS WITH $area"
_LIVE = "(r.since IS NULL OR r.since < $day) AND (r.until IS NULL OR r.until > $day)"
_AREAS = ("District", "Street", "Community", "Grid")


@dataclass(frozen=True, slots=True)
class _Scope:
    """The relationships that a ledger of one kind lists: their type, the label they start from, what they lead to.

    With ``by_home`` the start lies in the area (as LOCATED_IN says) instead of the end.
    """

    type: str
    start: str
    ends: tuple[str, ...] = _AREAS
    by_home: bool = False


# Kinds that are not here list things rather than what holds for a while: their rows end nothing by not being there.
_SCOPES: dict[str, tuple[_Scope, ...]] = {
    "pairings": (_Scope("PAIRED_WITH", "Unit"),),
    "workers": (_Scope("ASSIGNED_TO", "Member"),),
    "party-chain": (_Scope("RESPONSIBLE_FOR", "Organization"),),
    "units": (_Scope("LOCATED_IN", "Unit"),),
    "resources": (_Scope("SERVES", "Resource"), _Scope("LOCATED_IN", "Resource")),
    "members": (_Scope("MEMBER_OF", "Member", ("Unit", "Organization"), by_home=True),),
}


def ends_by_absence(kind: str) -> tuple[str, ...]:
    """The relationship types that a complete ledger of this kind ends by no longer listing them; empty for none."""
    if kind not in LEDGER_KINDS:
        raise BadInput(f"There is no kind of ledger {kind!r}.", hint=f"There are: {', '.join(LEDGER_KINDS)}.")
    return tuple(scope.type for scope in _SCOPES.get(kind, ()))


async def no_longer_listed(
    graph: Graph, kind: str, area: str, day: dt.date, listed: Collection[str]
) -> tuple[tuple[End, ...], int]:
    """What a ledger of ``kind`` that is complete for ``area`` on ``day`` ends.

    ``listed`` holds the ids of the relationships that the ledger states. Returns (ends, among): ``among`` is the number of
    relationships of that kind in the area that hold on the day and began before it. Exact.

    Raises
    ------
    BadInput, RecordError
        There is no such kind of ledger; the area is not in the graph.
    """
    ends_by_absence(kind)
    if not await graph.read("MATCH (n:Entity {id: $area}) RETURN 1", {"area": area}):
        raise RecordError(f"There is no area {area!r}.", hint="Give an area's code, such as 210902003013.")
    kept = set(listed)
    ends: list[End] = []
    among = 0
    for scope in _SCOPES.get(kind, ()):
        for (id_,) in await graph.read(_text(scope), {"area": area, "day": day}):
            among += 1
            if id_ not in kept:
                ends.append(End(id_, day, f"the {kind} ledger for {area} of {day} no longer lists it"))
    return tuple(ends), among


def _text(scope: _Scope) -> str:
    """A text that starts from the areas of each level; every area's code begins with that of the area it lies in."""
    live = f"WHERE {_WITHIN} AND {_LIVE} RETURN r.id AS id"
    if scope.by_home:
        paths = [f"<-[:LOCATED_IN]-(:{body})<-[r:{scope.type}]-(:{scope.start})" for body in scope.ends]
        parts = [f"MATCH (a:{label}){path} {live}" for label in _AREAS for path in paths]
    else:
        parts = [f"MATCH (a:{label})<-[r:{scope.type}]-(:{scope.start}) {live}" for label in scope.ends]
    return "CALL () {\n" + "\nUNION\n".join(parts) + "\n}\nRETURN DISTINCT id ORDER BY id"
