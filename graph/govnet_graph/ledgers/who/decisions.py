"""What a reviewer decided about doubtful references: kept in the data directory, used again, taken back on request.

One JSON file, replaced as a whole. It names references by a hash, so it tells no names of people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from govnet_graph.errors import BadInput, NotFound
from govnet_graph.ledgers.who.files import locked, read_json, write_json


class Verdict(StrEnum):
    """What can be decided: it is that thing, it is something new, or it is none of those."""

    JOIN = "join"
    NEW = "new"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision. ``target`` is the thing that is meant (``join``), ``denied`` those that are not (``not``)."""

    verdict: Verdict
    target: str = ""
    denied: tuple[str, ...] = ()
    author: str = ""
    made: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Choice:
        """A decision from plain data. Raises BadInput."""
        try:
            verdict = Verdict(raw["verdict"])
            target, denied = str(raw.get("target") or ""), tuple(str(i) for i in raw.get("denied") or ())
        except (KeyError, ValueError, TypeError) as error:
            raise BadInput(
                f"A decision cannot be read: {error}.",
                hint="It reads {verdict: join|new|not, target: ID, denied: [ID]}.",
            ) from None
        if (verdict is Verdict.JOIN) != bool(target) or (verdict is Verdict.NOT) != bool(denied):
            raise BadInput(
                f"The decision {verdict.value!r} does not fit what it names.",
                hint="`join` needs a target, `not` the ids that are not meant, `new` neither.",
            )
        return cls(verdict, target, denied, str(raw.get("author") or ""), str(raw.get("made") or ""))

    @property
    def content(self) -> str:
        """The decision without who made it and when."""
        return f"{self.verdict}|{self.target}|{','.join(sorted(self.denied))}"


class Decisions:
    """All decisions of one data directory.

    Parameters
    ----------
    path : Path or None
        The file; None for decisions that are not kept.
    """

    def __init__(self, path: Path | None = None, given: Mapping[str, Choice] | None = None) -> None:
        self.path = path
        self._given = dict(given or {})
        self._kept: dict[str, Choice] = {}
        if path is not None:
            self._kept = {key: Choice.read(raw) for key, raw in read_json(path).items()}

    def get(self, key: str) -> Choice | None:
        """The decision on a reference: one given for this import, else the one remembered."""
        return self._given.get(key) or self._kept.get(key)

    def listed(self) -> dict[str, Choice]:
        """All that are remembered, by the key of the reference."""
        return dict(self._kept)

    def used(self, keys: Iterable[str]) -> dict[str, Choice]:
        """Those on the given references."""
        return {key: choice for key in sorted(set(keys)) if (choice := self.get(key)) is not None}

    def with_given(self, given: Mapping[str, Choice]) -> Decisions:
        """The same with decisions for one import, which go before those remembered; nothing is kept yet."""
        found = Decisions(None, {**self._given, **given})
        found.path, found._kept = self.path, self._kept
        return found

    def remember(self, choices: Mapping[str, Choice], author: str, now: dt.datetime | None = None) -> None:
        """Keep decisions for later imports."""
        moment = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0).isoformat()

        def change(held: dict[str, Any]) -> None:
            for key, choice in choices.items():
                held[key] = {**asdict(choice), "author": author, "made": moment}

        self._changed(change)

    def forget(self, keys: Iterable[str] | None = None) -> int:
        """Take decisions back, all of them unless keys are given; how many there were. Raises NotFound for an unknown key."""
        wanted = list(self._kept) if keys is None else list(keys)
        unknown = [key for key in wanted if key not in self._kept]
        if unknown:
            raise NotFound(
                f"There is no decision {unknown[0]!r}.", hint="`govnet import --list` shows those there are."
            )

        def change(held: dict[str, Any]) -> None:
            for key in wanted:
                held.pop(key, None)

        self._changed(change)
        return len(wanted)

    def _changed(self, change: Callable[[dict[str, Any]], None]) -> None:
        if self.path is None:
            raise BadInput("These decisions are not kept anywhere.", hint="Give a data directory.")
        with locked(self.path):
            held = dict(read_json(self.path))
            change(held)
            write_json(self.path, held)
        self._kept = {key: Choice.read(raw) for key, raw in held.items()}
