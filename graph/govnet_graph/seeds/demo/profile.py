"""The profile of a synthetic fill: how many of what, when, and which invented names (``seeds/demo/*.yaml``)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from govnet_graph.records import RecordError

OPTIONAL_THEMES = ("buildings", "lists", "activities", "cases")
Per = Literal["district", "street", "community", "village", "area"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Count(_Strict):
    """How many of one thing: exactly, in the profile's own district; elsewhere ``rate`` for each area of a kind."""

    rate: float = Field(ge=0)
    per: Per
    exact: int | None = Field(None, ge=0)
    fact: str | None = None

    def scaled(self, areas: int) -> int:
        """The number for ``areas`` areas, rounded half up."""
        return math.floor(self.rate * areas + 0.5)


class Period(_Strict):
    """The days that the fill plays in."""

    first: dt.date
    counted: dt.date
    last: dt.date


class Spell(_Strict):
    """When something holds: from ``since`` (inclusive) to ``until`` (exclusive)."""

    since: dt.date | None = None
    until: dt.date | None = None


class LedgerPlan(_Strict):
    """One ledger: complete for the whole district, or for its streets in the order of their codes (None: not)."""

    kind: str
    keeper: str
    district: tuple[Spell, ...] = ()
    streets: tuple[Spell | None, ...] = ()


class PairingFates(_Strict):
    """What becomes of demonstration grids' pairings, out of every ``among``; the rest hold throughout."""

    among: int
    ended: tuple[dt.date, ...]
    ending: tuple[dt.date, ...]
    coming: tuple[dt.date, ...]
    never: int = Field(ge=0)
    double: int = Field(ge=0)

    @model_validator(mode="after")
    def _fit(self) -> Self:
        if len(self.ended) + len(self.ending) + len(self.coming) + self.never + self.double > self.among:
            raise ValueError(f"there are more fates than {self.among} grids")
        return self


class Anchors(_Strict):
    """Ids of things that the fill hangs on where the data set that it completes has them."""

    coordination_body: str
    pairing: str
    demonstration: str
    reserves: str
    release: str


class Function(_Strict):
    """What a unit does, and the services that such a unit can undertake."""

    name: str
    services: tuple[str, ...] = Field(min_length=1)


class Names(_Strict):
    """Invented names and wordings, none of a real person or institution."""

    functions: tuple[Function, ...]
    other_units: tuple[tuple[str, str], ...]
    task_forces: tuple[str, ...]
    social: tuple[str, ...]
    offers: tuple[tuple[str, str, str], ...]
    theme_days: tuple[str, ...]
    deliberations: tuple[str, ...]
    cases: Mapping[str, tuple[str, ...]]
    refusals: tuple[str, ...]
    needs: Mapping[str, str]
    projects: tuple[tuple[str, str], ...]


class Profile(_Strict):
    """A whole profile; ``district`` is the code of the district that the exact numbers are about."""

    district: str
    period: Period
    counts: Mapping[str, Count]
    pairing_fates: PairingFates
    ledgers: tuple[LedgerPlan, ...]
    anchors: Anchors
    names: Names
    leave_out: frozenset[str] = frozenset()

    def without(self, *themes: str) -> Profile:
        """This profile less some themes, for large fills: any of ``OPTIONAL_THEMES``. Raises RecordError."""
        unknown = sorted(set(themes) - set(OPTIONAL_THEMES))
        if unknown:
            raise RecordError(
                f"theme {unknown[0]!r} cannot be left out", hint=f"These can: {', '.join(OPTIONAL_THEMES)}."
            )
        return self.model_copy(update={"leave_out": self.leave_out | frozenset(themes)})


def read_profile(folder: Path) -> Profile:
    """The profile in ``profile.yaml`` and ``names.yaml`` of a folder. Raises RecordError that names the place."""
    raw: dict[str, Any] = _yaml(folder / "profile.yaml")
    raw["names"] = _yaml(folder / "names.yaml")
    try:
        return Profile.model_validate(raw)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise RecordError(f"{folder.name}/profile.yaml or names.yaml: {where}: {fault['msg']}") from error


def _yaml(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RecordError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(loaded, dict):
        raise RecordError(f"{path.name} holds no table of settings")
    return loaded
