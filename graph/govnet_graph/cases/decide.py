"""Whether a step may be taken with a case, and what it does: pure, from what the graph holds of the case. Exact; no clock is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from govnet_graph.cases.effects import Change, Taking
from govnet_graph.cases.held import Dispatch, Held, Party
from govnet_graph.cases.machine import MACHINE, Role, Step
from govnet_graph.cases.model import MAX_REASON, CaseConflict, NotYours, StepRequest
from govnet_graph.errors import BadInput, NotFound, indefinite


def decide(
    held: Held,
    request: StepRequest,
    day: dt.date,
    today: dt.date,
    parties: Mapping[str, Party],
    kind: Mapping[str, Any] | None,
) -> Change:
    """What taking the step on ``day`` does.

    Parameters
    ----------
    held : Held
    request : StepRequest
    day, today : date
        Day on which the step was taken, and the present day, which it may not pass.
    parties : mapping of str to Party
        Those that the request names, as far as they exist.
    kind : mapping or None
        The kind named by the request, where it names one.

    Raises
    ------
    BadInput
        The step is not known, or something that it needs is missing or does not fit.
    CaseConflict
        It may not be taken in the state in which the case is.
    NotYours
        The one who acts is not the one who has to.
    """
    step = step_named(request.step)
    _require_fresh(held, request)
    _require_allowed(held, step)
    _require_given(step, request)
    _require_day(held, day, today)
    actor = party_of(parties, request.actor, "actor", day) if request.actor else None
    holder = _holder(held, actor) if step.role is Role.HOLDER else None
    if step.role is Role.RAISER and actor is not None and held.raiser and not actor.speaks_for(held.raiser):
        raise NotYours(f"{held.id} was raised by {held.raiser}, who has to {step.name} it, not {actor.id}.")
    target = party_of(parties, request.target, "target", day) if request.target else None
    return Taking(held, request, step, day, target, kind or held.kind, holder).change()


def step_named(name: str) -> Step:
    """A step of the machine that is taken with a case. Raises BadInput."""
    step = MACHINE.get(name)
    if step is None or not step.froms:
        known = ", ".join(s.name for s in MACHINE.values() if s.froms)
        raise BadInput(f"There is no step {name[:40]!r}.", hint=f"Steps are {known}.")
    return step


def _require_fresh(held: Held, request: StepRequest) -> None:
    if request.expected is not None and request.expected != held.steps:
        raise CaseConflict(
            f"{held.id} has taken {held.steps} steps, not {request.expected}; nothing was written.",
            hint="Look at the case again.",
        )


def _require_allowed(held: Held, step: Step) -> None:
    if held.state in step.froms:
        return
    allowed = ", ".join(s.name for s in MACHINE.values() if held.state in s.froms) or "nothing"
    raise CaseConflict(
        f"{held.id} is {held.state}, and {step.name} is taken in the state {' or '.join(step.froms)} only.",
        hint=f"Now it may take: {allowed}.",
    )


def _require_given(step: Step, request: StepRequest) -> None:
    for name in step.needs:
        if not str(getattr(request, name)).strip():
            raise BadInput(f"{step.name} needs a {name}.", hint="Nothing was written.")
    for name in ("target", "kind"):
        if getattr(request, name) and name not in step.needs:
            raise BadInput(f"{step.name} takes no {name}.")
    if len(request.reason) > MAX_REASON:
        raise BadInput(f"The reason is longer than {MAX_REASON} characters.")


def _require_day(held: Held, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise BadInput(f"{day} lies in the future.", hint="Give the day on which the step was taken.")
    first = held.last_on or held.props.get("raised_on")
    if first is not None and day < first:
        what = "step before it" if held.last_on else "case itself"
        raise BadInput(f"{day} lies before the {what}, which is of {first}.", hint="Steps are recorded in their order.")


def party_of(parties: Mapping[str, Party], id_: str, role: str, day: dt.date) -> Party:
    """Somebody who is there on the day and can hold or take a step. Raises BadInput."""
    found = parties.get(id_)
    if found is None:
        raise NotFound(f"There is no {role} {id_[:60]!r}.", hint="Give the id of a unit, an organization or a member.")
    if found.label not in ("Unit", "Organization", "Member"):
        raise BadInput(f"{id_} is {indefinite(found.label)} and cannot be the {role}.")
    if found.until is not None and found.until <= day:
        raise BadInput(f"{id_} left on {found.until} and cannot be the {role} on {day}.")
    if found.since is not None and found.since > day:
        raise BadInput(f"{id_} begins on {found.since} and cannot be the {role} on {day}.")
    return found


def _holder(held: Held, actor: Party | None) -> Dispatch:
    """The dispatch that a step is about. Raises CaseConflict or NotYours."""
    holders = held.holders
    if not holders:
        raise CaseConflict(
            f"{held.id} lies with nobody.", hint="Its ledger does not say to whom it went; recall it, then dispatch it."
        )
    if actor is None:
        if len(holders) > 1:
            raise BadInput(f"{held.id} lies with {', '.join(d.to for d in holders)}.", hint="Name the actor.")
        return holders[0]
    for dispatch in holders:
        if actor.speaks_for(dispatch.to):
            return dispatch
    raise NotYours(f"{held.id} lies with {', '.join(d.to for d in holders)}, not with {actor.id}.")
