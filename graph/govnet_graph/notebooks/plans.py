"""Results of the planner and plans, from Python: ``district.plans``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from govnet_graph.changes import PlanInfo, Summary, plans, undo
from govnet_graph.changes.proposals import (
    HandEdits,
    Proposal,
    Solved,
    apply,
    approve,
    by_hand,
    checked,
    compare,
    discard,
    edit,
    preview,
    propose,
    read,
    refuse,
    resolve,
    solve,
)
from govnet_graph.changes.proposals.solving import day_of
from govnet_graph.errors import BadInput
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import Kind, options_of
from govnet_graph.planner.model import Result, Timer
from govnet_graph.store.driver import Graph

T = TypeVar("T")
Run = Callable[[Callable[[Graph], Awaitable[T]]], T]
_REMEMBERED = 20
_AUTHOR = "local"
Day = str | dt.date | None


class Plans:
    """Solves on an open district, and the life of plans. Each kind of result is a method: ``district.plans.where_next(…)``.

    Examples
    --------
    >>> result = district.plans.certificate(as_of="2026-06-01")
    >>> print(result.lines("zh")[0])
    尚不能断定：取决于目前未知的情况。
    """

    def __init__(self, run: Any, *, seconds: float, approve_own: bool) -> None:
        self._run = run
        self._seconds = seconds
        self._approve_own = approve_own
        self._solved: list[Solved] = []

    def __getattr__(self, name: str) -> Solving:
        kind = RESULTS.get(name.replace("_", "-"))
        if kind is None:
            raise AttributeError(f"There is no kind of result {name!r}; dir() lists them.")
        return Solving(self, kind)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(name.replace("-", "_") for name in RESULTS)]

    def solve(
        self,
        kind: str,
        /,
        *,
        area: str | None = None,
        as_of: Day = None,
        time_limit: float | None = None,
        **options: Any,
    ) -> Result:
        """One kind of result, about an area on a day.

        Parameters
        ----------
        kind : str
            Name of a kind, such as ``where-next``.
        area : str, optional
            Id of the area; the district that is loaded unless given.
        as_of : date or str, optional
            Today unless given.
        time_limit : float, optional
            Seconds at most; the best that was found with its gap is returned then.
        **options
            Those of the kind; ``help(district.plans.repair)`` lists them.

        Raises
        ------
        NotFound, PlannerError, NothingLoaded, EngineUnreachable
        """
        day = day_of(as_of) if isinstance(as_of, str) else as_of
        watch = Timer(time_limit or self._seconds)
        solved: Solved = self._run(
            lambda graph: solve(graph, kind.replace("_", "-"), options, area=area, as_of=day, watch=watch)
        )
        self._solved = [*self._solved[1 - _REMEMBERED :], solved]
        return solved.result

    def save(self, result: Result, name: str, *, reason: str = "", author: str = _AUTHOR) -> Proposal:
        """Keep what a result of this district proposes as an open plan. Raises BadInput, NothingToPropose."""
        solved = next((s for s in self._solved if s.result is result), None)
        if solved is None:
            raise BadInput("This result was not computed here, or long ago.", hint="Compute it again and save that.")
        kept: Proposal = self._run(lambda graph: propose(graph, solved, name=name, author=author, reason=reason))
        return kept

    def check(self, certificate: Any) -> dict[str, Any]:
        """Check a certificate (a result of this district, or its JSON as a file holds it) independently of what made it."""
        held = certificate
        if isinstance(certificate, Result):
            solved = next((s for s in self._solved if s.result is certificate), None)
            if solved is None:
                raise BadInput("This result was not computed here, or long ago.", hint="Give its JSON.")
            held = solved.as_json()
        found: dict[str, Any] = self._run(lambda graph: checked(graph, held))
        return found

    def list(self, kind: str = "proposal") -> list[PlanInfo]:
        """The plans of one kind (proposal, import, edit, load), newest first."""
        found: list[PlanInfo] = self._run(lambda graph: plans(graph, kind))
        return found

    def show(self, plan: str) -> Proposal:
        """A proposal with its changes and their reasons."""
        found: Proposal = self._run(lambda graph: read(graph, plan))
        return found

    def preview(self, plan: str) -> dict[str, Any]:
        """What applying a plan would do now."""
        found: dict[str, Any] = self._run(lambda graph: preview(graph, plan))
        return found

    def new(
        self,
        name: str,
        *,
        add: tuple[str, ...] = (),
        remove: tuple[str, ...] = (),
        leave: tuple[str, ...] = (),
        area: str | None = None,
        as_of: Day = None,
        reason: str = "",
        author: str = _AUTHOR,
    ) -> Proposal:
        """A plan written down by hand; pairs are ``unit>area`` or ``unit>area:service,service``."""
        day = day_of(as_of) if isinstance(as_of, str) else as_of
        wanted = HandEdits(add=tuple(add), remove=tuple(remove), leave=tuple(leave))
        kept: Proposal = self._run(
            lambda graph: by_hand(graph, wanted, name=name, author=author, reason=reason, area=area, as_of=day)
        )
        return kept

    def edit(
        self,
        plan: str,
        *,
        add: tuple[str, ...] = (),
        remove: tuple[str, ...] = (),
        lock: tuple[str, ...] = (),
        forbid: tuple[str, ...] = (),
        unlock: tuple[str, ...] = (),
        leave: tuple[str, ...] = (),
        name: str = "",
        reason: str = "",
        author: str = _AUTHOR,
        keep: bool = False,
    ) -> Proposal:
        """A new plan: another one edited by hand. The former is discarded unless ``keep``."""
        wanted = HandEdits(tuple(add), tuple(remove), tuple(lock), tuple(forbid), tuple(unlock), tuple(leave))
        kept: Proposal = self._run(
            lambda graph: edit(graph, plan, wanted, author=author, name=name, reason=reason, keep_former=keep)
        )
        return kept

    def resolve(
        self, plan: str, *, time_limit: float | None = None, name: str = "", reason: str = "", author: str = _AUTHOR,
        keep: bool = False,
    ) -> Proposal:  # fmt: skip
        """A new plan, computed around another one's locks and bans on what the graph holds now."""
        watch = Timer(time_limit or self._seconds)
        kept: Proposal = self._run(
            lambda graph: resolve(graph, plan, author=author, name=name, reason=reason, watch=watch, keep_former=keep)
        )
        return kept

    def compare(self, *plan_ids: str) -> dict[str, Any]:
        """Plans side by side."""
        found: dict[str, Any] = self._run(lambda graph: compare(graph, plan_ids))
        return found

    def approve(self, plan: str, *, reason: str = "", author: str = _AUTHOR) -> Proposal:
        """Approve a plan, so that it may be applied."""
        kept: Proposal = self._run(
            lambda graph: approve(graph, plan, author=author, reason=reason, own=self._approve_own)
        )
        return kept

    def refuse(self, plan: str, reason: str, *, author: str = _AUTHOR) -> Proposal:
        """Refuse a plan, with the reason."""
        kept: Proposal = self._run(lambda graph: refuse(graph, plan, author=author, reason=reason))
        return kept

    def discard(self, plan: str, *, reason: str = "", author: str = _AUTHOR) -> Proposal:
        """Give a plan up that was not applied."""
        kept: Proposal = self._run(lambda graph: discard(graph, plan, author=author, reason=reason))
        return kept

    def apply(self, plan: str, *, author: str = _AUTHOR) -> Summary:
        """Apply an approved plan in one transaction. Raises PlanOvertaken where the graph has moved under it."""
        done: Summary = self._run(lambda graph: apply(graph, plan, author=author))
        return done

    def undo(self, plan: str, *, reason: str = "", author: str = _AUTHOR) -> Summary:
        """Take back everything that a plan did."""
        done: Summary = self._run(lambda graph: undo(graph, plan, author=author, reason=reason or f"undo {plan}"))
        return done

    def __repr__(self) -> str:
        return f"<plans: {', '.join(RESULTS)}>"


class Solving:
    """One kind of result of an open district: call it with its options."""

    def __init__(self, plans_: Plans, kind: Kind) -> None:
        self._plans = plans_
        self.kind = kind
        self.__doc__ = _help(kind)

    def __call__(
        self, *, area: str | None = None, as_of: Day = None, time_limit: float | None = None, **options: Any
    ) -> Result:
        """The result; see ``Plans.solve``."""
        return self._plans.solve(self.kind.name, area=area, as_of=as_of, time_limit=time_limit, **options)

    def help(self) -> None:
        """Print what it answers and takes."""
        print(self.__doc__)

    def __repr__(self) -> str:
        return f"<result {self.kind.name}: {self.kind.text.en}>"


def _help(kind: Kind) -> str:
    lines = [f"{kind.name}: {kind.text.zh} {kind.text.en}", "", "Options"]
    for o in options_of(kind.options):
        default = "required" if o.required else f"default {o.default!r}"
        values = f", one of {', '.join(o.choices)}" if o.choices else ""
        lines.append(f"  {o.name} ({o.type}, {default}{values}): {o.text.zh} {o.text.en}")
    return "\n".join(lines)
