"""Cases: what is late or refused, and who could answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.oracle.grid import is_open
from tests.oracle.judgement import Judge
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Link, Rows, World

Parameters = Mapping[str, Any]


def dispatches(world: World, case: str, day: dt.date) -> list[Link]:
    """Dispatches of a case up to the day."""
    found = [x for x in world.out(case, ("DISPATCHED_TO",), day) if (x.get("dispatched_on") or day) <= day]
    return sorted(found, key=lambda x: (x.end, x.id))


def has_hold(link: Link, day: dt.date) -> bool:
    """Whether a case lies with the one to whom the link leads."""
    if link.get("outcome") == "refused":
        return False
    closed = link.get("closed_on")
    return closed > day if closed is not None else link.get("outcome") not in ("solved", "recalled")


def late_cases(world: World, parameters: Parameters) -> Rows:
    """Open cases past their due day, or refused by all to whom they went."""
    day, root, reason = parameters["as_of"], parameters["area"], parameters.get("reason")
    judge = Judge(world, day)
    rows = []
    for place in judge.below(root) if root in judge.tree else ():
        for case in sorted({x.start for x in world.into(place, ("RAISED_IN",), day)}):
            if not is_open(world, case, day):
                continue
            links = dispatches(world, case, day)
            holders = [x for x in links if has_hold(x, day)]
            refused = [x for x in links if x.get("outcome") == "refused"]
            due = world.get(case, "due_on")
            days = (day - due).days if due is not None and due < day else 0
            reasons = ["late"] if days else []
            if not holders and (refused or world.get(case, "state") == "refused"):
                reasons.append("refused")
            if reasons and reason in (None, *reasons):
                by = [
                    {
                        "by": any_entity(world, x.end),
                        "dispatched_on": x.get("dispatched_on"),
                        "refusal": x.get("refusal"),
                    }
                    for x in refused
                ]
                shown = [
                    entity(world, case),
                    world.get(case, "kind"),
                    entity(world, place),
                    reasons,
                    world.get(case, "raised_on"),
                    due,
                    days,
                ]
                rows.append([*shown, [any_entity(world, x.end) for x in holders], by])
    rows.sort(key=lambda row: (-row[6], row[0]["id"], row[2]["id"]))
    return page(rows, parameters)


DISPATCH = {"late-cases": late_cases}
