"""Changes of a plan by hand: pairings added, ended, locked and forbidden; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from govnet_graph.changes.proposals.model import BadEdit, PairChange, Pairs
from govnet_graph.planner.changes import Edit, apply_changes
from govnet_graph.planner.errors import ContradictingLocks
from govnet_graph.planner.snapshot import Pairing, Snapshot
from govnet_graph.schema import Text

_HAND = Text("手工调整", "by hand")
_OPERATIONS = {"create": "pair", "supersede": "extend", "end": "end"}


@dataclass(frozen=True, slots=True)
class HandEdits:
    """What somebody wants of a plan, each a pair as ``Pairs.read`` takes it; ``leave`` names units that stop pairing."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is wanted."""
        return not (self.add or self.remove or self.lock or self.forbid or self.unlock or self.leave)


def edits_of(changes: Iterable[PairChange]) -> list[Edit]:
    """The changes as the planner takes them."""
    return [Edit(_OPERATIONS[c.operation], c.unit, c.area, c.services, c.pairing) for c in changes]  # type: ignore[arg-type]


def after(snapshot: Snapshot, changes: Iterable[PairChange]) -> Snapshot:
    """The snapshot after the changes. Raises StaleSnapshot or NotInSnapshot where they do not fit it."""
    return apply_changes(snapshot, edits_of(changes))


def leaving(snapshot: Snapshot, wanted: HandEdits) -> HandEdits:
    """The same edits with every present pairing of the units that leave to be removed. Raises BadEdit, NotInSnapshot."""
    gone = []
    for unit in sorted(set(wanted.leave)):
        snapshot.unit(unit)
        pairs = sorted({f"{unit}>{snapshot.areas.ids[p.area]}" for p in snapshot.present if p.unit == unit})
        if not pairs:
            raise BadEdit(f"{unit} pairs with nothing on {snapshot.as_of}.", hint="Leave it out.")
        gone += [pair for pair in pairs if pair not in wanted.remove]
    return replace(wanted, remove=(*wanted.remove, *gone))


def edited(
    snapshot: Snapshot, changes: Sequence[PairChange], wanted: HandEdits, reason: str = ""
) -> tuple[PairChange, ...]:
    """The changes of a plan after somebody has edited it, checked against the snapshot.

    Raises
    ------
    BadEdit
        A pairing that should begin is there already, or one that should end is not.
    NotInSnapshot, StaleSnapshot
        A unit or an area is not there; the plan's own changes no longer fit.
    """
    why = Text(f"{_HAND.zh}：{reason}", f"{_HAND.en}: {reason}") if reason else _HAND
    found = [replace(change, pairing="") if change.operation == "create" else change for change in changes]
    for text in wanted.add:
        _add(snapshot, found, Pairs.read(text), why)
    for text in wanted.remove:
        _remove(snapshot, found, Pairs.read(text), why)
    after(snapshot, found)
    return tuple(found)


def locks_after(
    lock: Iterable[str], forbid: Iterable[str], wanted: HandEdits
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(locked, forbidden) pairs after the edits: what was added by hand is locked, what was removed forbidden.

    Raises ContradictingLocks where one call wants a pair both ways.
    """
    kept = {str(Pairs.read(text)) for text in (*wanted.add, *wanted.lock)}
    banned = {str(Pairs.read(text)) for text in (*wanted.remove, *wanted.forbid)}
    if both := sorted(kept & banned):
        raise ContradictingLocks(
            f"{both[0]} is to be kept and not to be made.", hint="Give each pair once: to lock, or to forbid."
        )
    lifted = {str(Pairs.read(text)) for text in wanted.unlock}
    locked = (set(lock) - banned - lifted) | kept
    forbidden = (set(forbid) - kept - lifted) | banned
    return tuple(sorted(locked)), tuple(sorted(forbidden))


def _there(snapshot: Snapshot, pair: Pairs) -> list[Pairing]:
    """The pairings of a pair on the day or later. Raises NotInSnapshot."""
    area = snapshot.areas.index(pair.area)
    snapshot.unit(pair.unit)
    return [p for p in snapshot.pairings if p.unit == pair.unit and p.area == area]


def _of(found: list[PairChange], pair: Pairs) -> list[PairChange]:
    return [change for change in found if change.pair == str(pair)]


def _add(snapshot: Snapshot, found: list[PairChange], pair: Pairs, why: Text) -> None:
    there = _there(snapshot, pair)
    held = _of(found, pair)
    for change in held:
        found.remove(change)
    if any(change.operation == "create" for change in held) or not there:
        services = set(pair.services).union(*(c.services for c in held if c.operation == "create"))
        if held and set(pair.services) <= set(held[0].services):
            raise BadEdit(f"The plan holds {pair} already.", hint="Leave it out.")
        found.append(PairChange("create", pair.unit, pair.area, services=tuple(sorted(services)), reason=why))
        return
    present = there[0]
    more = set(pair.services) - set(present.services)
    if more:
        services = {*present.services, *more}
        found.append(
            PairChange(
                "supersede",
                pair.unit,
                pair.area,
                present.id,
                tuple(sorted(services)),
                present.used,
                present.services,
                why,
            )
        )
    elif not held:
        raise BadEdit(
            f"{pair.unit} is paired with {pair.area} already ({present.id}).", hint="Leave it out, or lock it."
        )


def _remove(snapshot: Snapshot, found: list[PairChange], pair: Pairs, why: Text) -> None:
    there = [p for p in _there(snapshot, pair) if p.present]
    held = _of(found, pair)
    if any(change.operation == "end" for change in held):
        raise BadEdit(f"The plan ends {pair} already.", hint="Leave it out.")
    for change in held:
        found.remove(change)
    if any(change.operation == "create" for change in held):
        return
    if not there:
        raise BadEdit(f"{pair.unit} is not paired with {pair.area} on {snapshot.as_of}.", hint="Leave it out.")
    found.extend(
        PairChange("end", pair.unit, pair.area, pairing.id, pairing.services, pairing.used, reason=why)
        for pairing in there
    )
