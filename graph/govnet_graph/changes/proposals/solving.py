"""Asking the planner about a graph: the snapshot is read, the solve runs in a thread, and can be watched and stopped."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from govnet_graph.changes.proposals.adapting import plan_in
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import Kind, read_options
from govnet_graph.planner.model import Result, Watch
from govnet_graph.planner.repairing import rank
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.store.driver import Graph
from govnet_graph.store.snapshots import read_snapshot

T = TypeVar("T")
#: Members that ``Solved.as_json`` puts beside those of the result itself, so that a certificate's seal does not cover them.
ADDED = frozenset({"area", "data_version", "text"})


@dataclass(frozen=True, slots=True)
class Solved:
    """A result with the snapshot that it was computed from and the options that it was computed with."""

    kind: Kind
    snapshot: Snapshot
    options: Any
    result: Result

    @property
    def area(self) -> str:
        """Id of the area that it is about."""
        return self.snapshot.areas.ids[self.snapshot.root]

    @property
    def proven(self) -> bool:
        """Whether nothing better can be found."""
        return self.result.method.exact or self.result.method.gap == 0

    def as_json(self) -> dict[str, Any]:
        """The result as plain values, with the area, the version of the data and what it says in both languages."""
        told = self.result.as_json()
        return {
            "kind": told.pop("kind"),
            "area": self.area,
            "data_version": self.snapshot.data_version,
            **told,
            "text": {"zh": self.result.lines("zh"), "en": self.result.lines("en")},
        }


def kind_of(name: str) -> Kind:
    """A kind of result by name. Raises NotFound."""
    if name not in RESULTS:
        raise NotFound(f"There is no kind of result {name[:40]!r}.", hint=f"There are: {', '.join(RESULTS)}.")
    return RESULTS[name]


def day_of(text: str | None) -> dt.date | None:
    """A day that somebody typed; None for none. Raises BadInput."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text[:40]!r} is not a day.", hint="Write it as 2026-06-01.") from None


async def solve(
    graph: Graph,
    name: str,
    given: Mapping[str, Any],
    *,
    area: str | None = None,
    as_of: dt.date | None = None,
    watch: Watch | None = None,
    start: Solved | None = None,
) -> Solved:
    """Compute one kind of result on what the graph holds.

    Parameters
    ----------
    graph : Graph
    name : str
        A kind of ``planner.RESULTS``.
    given : mapping
        Options by name, as text or typed.
    area : str, optional
        Id of the area that it is about; the home district unless given.
    as_of : date, optional
        Today unless given.
    watch : Watch, optional
        Follows the solve and may end it; it ends with the best that it has found then.
    start : Solved, optional
        What an earlier solve of the same had found. Where the snapshot is the same, it goes on from there, and the better of the two is kept.

    Raises
    ------
    NotFound, PlannerError, NothingLoaded, WriteConflict, EngineUnreachable
    """
    kind = kind_of(name)
    options = read_options(kind.options, given)
    snapshot = await read_snapshot(graph, area, as_of)
    same = start is not None and start.snapshot.hash == snapshot.hash and start.options == options
    result = await in_thread(lambda: _begun(kind, snapshot, options, watch, start.result if same and start else None))
    found = Solved(kind, snapshot, options, result)
    return start if same and start is not None and _rank(start) < _rank(found) else found


def _begun(kind: Kind, snapshot: Snapshot, options: Any, watch: Watch | None, before: Result | None) -> Result:
    """A result, from what had been found before where its kind can go on from that."""
    if before is None or kind.resume is None:
        return kind.solve(snapshot, options, watch)
    return kind.resume(snapshot, options, watch, before)


def _rank(found: Solved) -> tuple[float, ...]:
    """By what the better of two results of the same snapshot is told: what is optimized in order, else the proven gap."""
    plan = plan_in(found.result)
    if plan is not None:
        return rank(plan)
    gap = found.result.method.gap
    return (math.inf if gap is None else gap,)


async def in_thread(work: Callable[[], T]) -> T:
    """The result of work that computes for long, done in a thread of its own, for which the end of the program does not wait."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(set_: Callable[[Any], None], value: Any) -> None:
        if not done.done():
            set_(value)

    def run() -> None:
        try:
            found = work()
        except BaseException as error:  # noqa: BLE001
            outcome: tuple[Callable[[Any], None], Any] = (done.set_exception, error)
        else:
            outcome = (done.set_result, found)
        try:
            loop.call_soon_threadsafe(tell, *outcome)
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return

    threading.Thread(target=run, name="govnet-solve", daemon=True).start()
    return await done
