"""What a plan takes from a re-pairing plan: its changes with their reasons, what it optimized, what it proves, its locks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from govnet_graph.changes.proposals.model import Operation, PairChange
from govnet_graph.planner import certificate
from govnet_graph.planner.changes import apply_changes
from govnet_graph.planner.errors import PlannerError
from govnet_graph.planner.kinds import options_of, read_options
from govnet_graph.planner.model import LANGUAGES, Result, Timer, plain
from govnet_graph.planner.plan_model import Change, Repair
from govnet_graph.planner.saying import alternative_line, change_lines
from govnet_graph.planner.snapshot import Pairing, Snapshot
from govnet_graph.planner.withdrawal import Withdrawal
from govnet_graph.schema import Text

REPAIR = Repair.kind
#: Kinds of result that propose changes.
PROPOSING = frozenset({REPAIR, Withdrawal.kind})
#: Names of the options that hold locked and forbidden pairs.
LOCKED, FORBIDDEN = "locked", "forbidden"
_OPERATIONS: Mapping[str, Operation] = {"pair": "create", "extend": "supersede", "end": "end"}
_CERTIFY_SECONDS = 30.0


def plan_in(result: Result) -> Repair | None:
    """The re-pairing plan that a result is, or that mends the exit which it is about; None where it holds none."""
    if isinstance(result, Withdrawal):
        return result.mend
    return result if isinstance(result, Repair) else None


def changes_of(result: Result, snapshot: Snapshot) -> tuple[PairChange, ...]:
    """The changes that a result proposes for a snapshot, in its order; none for a result that proposes nothing."""
    plan = plan_in(result)
    if plan is None:
        return ()
    held = {pairing.id: pairing for pairing in snapshot.pairings}
    return tuple(_change(change, held.get(change.edit.pairing), plan.called) for change in plan.changes)


def _change(change: Change, held: Pairing | None, called: Mapping[str, Text]) -> PairChange:
    edit, best = change.edit, change.next_best
    before = held.services if held is not None else ()
    services = edit.services if edit.operation == "pair" else before
    if edit.operation == "extend":
        services = tuple(sorted({*before, *edit.services}))
    bare = replace(change, next_best=None)
    return PairChange(
        _OPERATIONS[edit.operation],
        edit.unit,
        edit.area,
        "" if edit.operation == "pair" else edit.pairing,
        services,
        held.used if held is not None else 1,
        before if edit.operation == "extend" else (),
        Text("".join(change_lines(bare, "zh", called)), " ".join(change_lines(bare, "en", called))),
        best.instead[0].unit if best is not None and best.instead else "",
        Text(alternative_line(best, "zh"), alternative_line(best, "en")) if best is not None else None,
    )


def objective_of(result: Result) -> dict[str, Any]:
    """What was optimized, in order: by name the value before and after, the bound, and whether that is reached."""
    plan = plan_in(result)
    return {
        one.name: {"before": one.before, "after": one.after, "bound": one.bound, "proven": one.proven}
        for one in (plan.objectives if plan is not None else ())
    }


def outcome_of(result: Result) -> dict[str, Any]:
    """What else the result tells: how it was found, what stays uncovered and why, what is not known, and that in words."""
    plan = plan_in(result)
    told: dict[str, Any] = {"method": plain(result.method), "missing": plain(result.missing)}
    lines = {language: result.lines(language) for language in LANGUAGES}
    if plan is not None:
        told |= {"uncovered": plain(plan.uncovered), "unknown": plain(plan.unknown), "complete": plan.complete}
    if isinstance(result, Repair):
        told["after"] = result.after
        # Each change has one line, which is kept with the change itself.
        skipped = range(1, 1 + len(result.changes))
        lines = {k: [line for n, line in enumerate(held) if n not in skipped] for k, held in lines.items()}
    return told | {"text": lines}


def certified(result: Result, snapshot: Snapshot, options: Mapping[str, Any]) -> str:
    """SHA-256 of the certificate of the coverage that a plan leads to; empty where there is none.

    Anyone can compute it again from the snapshot after the plan, with the plan's own options.
    """
    plan = plan_in(result)
    if plan is None:
        return ""
    names = {option.name for option in options_of(certificate.CertificateOptions)}
    wanted = read_options(certificate.CertificateOptions, {k: v for k, v in options.items() if k in names})
    try:
        found = certificate.solve(apply_changes(snapshot, plan.edits), wanted, Timer(_CERTIFY_SECONDS))
    except PlannerError:
        return ""
    return hashlib.sha256(orjson.dumps(found.as_json(), option=orjson.OPT_SORT_KEYS)).hexdigest()


def settings_of(result: Result, options: Any) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]:
    """(locked, forbidden, the other options) with which a re-pairing plan like this one is computed again."""
    plan = plan_in(result)
    if isinstance(result, Withdrawal) and plan is not None:
        gone = tuple(sorted({f"{e.unit}>{e.area}" for e in plan.edits if e.operation == "end"}))
        return (), gone, {"requirements": list(plan.requirements), "without": [result.unit]}
    held = dict(plain(options))
    locked, forbidden = held.pop(LOCKED, ()), held.pop(FORBIDDEN, ())
    return tuple(locked), tuple(forbidden), {name: value for name, value in held.items() if value is not None}
