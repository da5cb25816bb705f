"""Keeps standing questions: answers each anew, tells of what changed, and in a server does so whenever data or day moved."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from govnet_graph.cases.watches import questions
from govnet_graph.cases.watches.model import Draft, Held, Notice, Watch, WatchKind
from govnet_graph.cases.watches.questions import Ask, Moved
from govnet_graph.cases.watches.store import Watches
from govnet_graph.errors import EngineUnreachable, GovnetError
from govnet_graph.questions import question
from govnet_graph.questions.values import today
from govnet_graph.store.driver import QueryTimedOut
from govnet_graph.store.reader import NothingLoaded

_log = logging.getLogger("govnet.watches")
#: What passes by itself: nothing is told of it, the question is asked again later.
_PASSING = (EngineUnreachable, NothingLoaded, QueryTimedOut, Moved)


class Follow(Protocol):
    """Tells what happened to cases since the last time."""

    async def __call__(self, watch: Watch, before: Held, day: dt.date) -> tuple[Held, Sequence[Draft]]:
        """What is held from now on, and what is to be told."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Answers standing questions. ``ask`` masks names, ``follow`` reads events of cases."""

    watches: Watches
    ask: Ask
    follow: Follow

    async def first(self, watch_kind: WatchKind, asked: str, given: dict[str, str], day: dt.date) -> Held:
        """The present answer, which later ones are compared with. Raises what asking raises."""
        if watch_kind is WatchKind.QUESTION:
            return await questions.answer(question(asked), given, self.ask, day)
        started = Watch("", watch_kind, "", "", given, (), "", 0.0)
        held, _ = await self.follow(started, Held(0, None, None), day)
        return held

    async def evaluate(self, watch: Watch, day: dt.date | None = None) -> Sequence[Notice]:
        """Answer one standing question anew; what was told of it, empty where nothing changed or somebody else told it.

        Raises EngineUnreachable, NothingLoaded, QueryTimedOut or Moved, after which nothing has changed.
        """
        day = day or today()
        before = await asyncio.to_thread(self.watches.held, watch.id)
        drafts: Sequence[Draft]
        try:
            if watch.kind is WatchKind.QUESTION:
                after = await questions.answer(question(watch.question), watch.parameters, self.ask, day)
                drafts = questions.drafts(watch, before, after)
            else:
                after, drafts = await self.follow(watch, before, day)
        except _PASSING:
            raise
        except GovnetError as error:
            after = Held(0, before.version, day, None, error.message)
            drafts = [questions.problem_draft(watch, error, before, day)] if before.problem is None else []
        told = await asyncio.to_thread(self.watches.advance, watch, before.turn, after, drafts)
        return told or ()

    async def evaluate_all(self, day: dt.date | None = None) -> list[Notice]:
        """Answer all standing questions once, one after the other. Raises as ``evaluate`` does."""
        told: list[Notice] = []
        for watch in await asyncio.to_thread(self.watches.list):
            told += await self.evaluate(watch, day)
        return told


class Look(Protocol):
    """Tells the data version that can be asked now; None while a group of changes is being written."""

    async def __call__(self) -> int | None:
        """The version."""


class Watchman:
    """Looks now and then whether data or day have moved, and answers standing questions when they have come to rest.

    Use as an asynchronous context manager. What moved while nobody looked is noticed at the first look, for each watch
    remembers what it was last answered for.

    Parameters
    ----------
    keeper : Keeper
    look : Look
    every : float
        Seconds between looks.
    told : callable
        Called after notices were made.
    """

    def __init__(self, keeper: Keeper, look: Look, every: float, told: Callable[[], None]) -> None:
        self._keeper = keeper
        self._look = look
        self._every = every
        self._told = told
        self._seen: int | None = None
        self._since = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if self._every:
            self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            (outcome,) = await asyncio.gather(self.step(), return_exceptions=True)
            if isinstance(outcome, _PASSING):
                _log.debug("standing questions wait: %s", outcome)
            elif isinstance(outcome, BaseException):
                _log.error("standing questions could not be answered", exc_info=outcome)
            await asyncio.sleep(self._every)

    async def step(self, day: dt.date | None = None) -> int:
        """One look; how many notices were made. A version counts once it was seen twice, or kept moving for ten looks."""
        watches = await asyncio.to_thread(self._keeper.watches.list)
        if not watches:
            return 0
        version = await self._look()
        if version is None:
            return 0
        day = day or today()
        now = time.monotonic()
        due = [watch for watch in watches if (watch.version, watch.day) != (version, day)]
        if not due:
            self._seen = None
            return 0
        if self._seen is None:
            self._since = now
        rested, self._seen = version == self._seen, version
        if not rested and now - self._since < 10 * self._every:
            return 0
        self._seen = None
        made = 0
        for watch in due:
            made += len(await self._one(watch, day))
        if made:
            self._told()
        return made

    async def _one(self, watch: Watch, day: dt.date) -> Sequence[Notice]:
        """One of several: what goes wrong with it must not keep the others from being answered."""
        (outcome,) = await asyncio.gather(self._keeper.evaluate(watch, day), return_exceptions=True)
        if isinstance(outcome, BaseException):
            _log.warning("%s could not be answered: %s", watch.id, outcome)
            return ()
        return outcome
