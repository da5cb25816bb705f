"""The least change that mends a unit's exit: a re-pairing plan for what that exit uncovers, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from govnet_graph.planner.building import content_hash
from govnet_graph.planner.judging import EMPTY, judge
from govnet_graph.planner.model import Watch
from govnet_graph.planner.plan_model import Repair
from govnet_graph.planner.problem import why_not_writable
from govnet_graph.planner.repairing import RepairOptions, resume, solve
from govnet_graph.planner.snapshot import Given, Provider, Snapshot
from govnet_graph.planner.withdrawal_cells import owners


def mended(
    snapshot: Snapshot, unit: str, lost: set[str], watch: Watch | None = None, found: Repair | None = None
) -> Repair | None:
    """The least re-pairing that restores what a unit's exit uncovers in the ``lost`` requirements, or goes on from one that was ``found``.

    Exact where the plan is; None where no pairing can meet any of them. Its ended pairings are among the changes, and each new one
    comes with its reason, the next best and what that would cost.
    """
    rules = tuple(r.id for r in snapshot.requirements if r.id in lost and not why_not_writable(r))
    if not rules:
        return None
    ended = tuple(sorted({f"{p.unit}>{snapshot.areas.ids[p.area]}" for p in snapshot.pairings if p.unit == unit}))
    reduced = _as_good_as_before(_without_resources(snapshot, unit), snapshot, rules)
    options = RepairOptions(requirements=rules, without=(unit,), forbidden=ended)
    plan = solve(reduced, options, watch) if found is None else resume(reduced, options, watch, found)
    return replace(plan, snapshot=snapshot.hash)


def _as_good_as_before(reduced: Snapshot, before: Snapshot, rules: tuple[str, ...]) -> Snapshot:
    """The snapshot with what lacked before made up, so that a plan mends what the exit uncovers and nothing else.

    Where two of the requirements ask for the same evidence, making up for one would count for the other; then a plan may
    close gaps that were there before.
    """
    asked = [before.requirement(rule) for rule in rules]
    keys = [str(r.evidence) for r in asked]
    given, providers = dict(reduced.given), list(reduced.providers)
    for requirement, key in zip(asked, keys, strict=True):
        judged = judge(before, requirement)
        most = int(judged.missing.max(initial=0))
        if keys.count(key) > 1 or not most:
            continue
        held = given.get(key, Given(EMPTY, EMPTY))
        who, where = [held.providers], [held.areas]
        for number in range(most):
            lacking = judged.areas[judged.missing > number]
            who.append(np.full(len(lacking), len(providers), dtype=np.int64))
            where.append(lacking)
            providers.append(Provider(f"lacking:{key}:{number}", "Organization", ""))
        given[key] = Given(np.concatenate(who), np.concatenate(where))
    changed = replace(reduced, given=given, providers=tuple(providers))
    return replace(changed, hash=content_hash(changed))


def _without_resources(snapshot: Snapshot, unit: str) -> Snapshot:
    """The snapshot without what the resources give that the unit alone offers."""
    gone = owners(snapshot)[len(snapshot.units) :] == snapshot.unit_index[unit]
    if not gone.any():
        return snapshot
    given = {}
    for key, links in snapshot.given.items():
        stay = ~gone[links.providers]
        given[key] = Given(links.providers[stay], links.areas[stay])
    changed = replace(snapshot, given=given)
    return replace(changed, hash=content_hash(changed))
