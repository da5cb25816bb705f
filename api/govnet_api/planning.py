"""What callers send to the planner's addresses, as models: they check a body and describe it, from one place.

The options of each kind of result are those that the planner itself declares.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from govnet_api.operations import ID_FORM
from govnet_graph.changes.proposals.adapting import PROPOSING
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import Kind, Option, options_of

MOST_SECONDS = 3600.0
_STRICT = ConfigDict(extra="forbid", strict=True)
_LARGEST = 1_000_000_000
_TEXT = 500
Id = Annotated[str, Field(pattern=ID_FORM, max_length=200)]
Reason = Annotated[str, Field(max_length=_TEXT)]
#: A pair, ``unit>area``
PAIR = r"^[A-Za-z0-9][A-Za-z0-9._-]*>[A-Za-z0-9][A-Za-z0-9._-]*$"
#: ``unit>area`` or ``unit>area:service,service``
PAIR_WITH = PAIR[:-1] + r"(:[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*)?$"
Pair = Annotated[str, Field(pattern=PAIR, max_length=400)]
PairWith = Annotated[str, Field(pattern=PAIR_WITH, max_length=600)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Limit = Annotated[float | None, Field(ge=0.1, le=MOST_SECONDS, description="最长用时（秒） · Longest time to take (s)")]
AsOf = Annotated[dt.date | None, Field(description="针对的日期，默认今天 · Day that it is about; today by default")]
Area = Annotated[Id | None, Field(description="区域编号，默认所载入的区 · Area; the district loaded by default")]


class Model(BaseModel):
    """Takes nothing that it does not declare."""

    model_config = _STRICT


class Nothing(Model):
    """A body that may be left out and says nothing."""


class Save(Model):
    """Keep what was found as a plan."""

    name: Annotated[Name, Field(description="方案名称 · What the plan is called")]
    reason: Annotated[Reason, Field(description="理由 · Why it is proposed")] = ""


class Why(Model):
    """A decision, with its reason."""

    reason: Annotated[Reason, Field(description="理由 · Why")] = ""


class Refusal(Model):
    """A refusal, which needs a reason."""

    reason: Annotated[str, Field(min_length=1, max_length=_TEXT, description="理由 · Why")]


_ADD = Annotated[list[PairWith], Field(description="增加的结对（单位>区域[:服务]） · Pairings to begin")]
_REMOVE = Annotated[list[Pair], Field(description="终止的结对（单位>区域） · Pairings to end, or not to begin")]
_LOCK = Annotated[list[Pair], Field(description="必须保留或建立的结对 · Pairs that must stay or be made")]
_FORBID = Annotated[list[Pair], Field(description="不得建立的结对 · Pairs that must not be made")]


_LEAVE = Annotated[list[Id], Field(description="退出结对的单位 · Units that stop pairing")]


class ByHand(Model):
    """A plan that somebody writes down, without a computation."""

    name: Name
    reason: Reason = ""
    area: Area = None
    as_of: AsOf = None
    add: _ADD = []
    remove: _REMOVE = []
    leave: _LEAVE = []


class Edit(Model):
    """Changes to a plan by hand. What it replaces is discarded unless ``keep`` says otherwise."""

    add: _ADD = []
    remove: _REMOVE = []
    lock: _LOCK = []
    forbid: _FORBID = []
    unlock: Annotated[list[Pair], Field(description="解除的锁定与禁止 · Locks and bans to lift")] = []
    leave: _LEAVE = []
    name: Name | None = None
    reason: Reason = ""
    keep: Annotated[bool, Field(description="保留原方案 · Leave the former plan as it is")] = False


class Again(Model):
    """Compute a plan anew around its locks and bans."""

    time_limit: Limit = None
    name: Name | None = None
    reason: Reason = ""
    keep: Annotated[bool, Field(description="保留原方案 · Leave the former plan as it is")] = False


def class_name(kind: str) -> str:
    """Part of the names of models and operations: ``where-next`` gives ``WhereNext``."""
    return "".join(part.capitalize() for part in kind.split("-"))


@cache
def asking_model(name: str) -> type[BaseModel]:
    """The body that asks for one kind of result."""
    kind: Kind = RESULTS[name]
    fields = {o.name: (_type(o), ... if o.required else _default(o)) for o in options_of(kind.options)}
    needed = any(o.required for o in options_of(kind.options))
    options = _model(f"{class_name(name)}Options", "选项 · Options", fields)
    asked: dict[str, Any] = {"area": (Area, None), "as_of": (AsOf, None), "time_limit": (Limit, None)}
    asked["options"] = (options, ...) if needed else (options | None, None)
    if name in PROPOSING:
        asked["save"] = (Save | None, None)
    return _model(f"Ask{class_name(name)}", f"{kind.text.zh} · {kind.text.en}", asked)


def _default(o: Option) -> Any:
    return list(o.default) if isinstance(o.default, tuple) else o.default


def _model(name: str, said: str, fields: dict[str, Any]) -> type[BaseModel]:
    made: type[BaseModel] = create_model(name, __base__=Model, __doc__=said, **fields)
    return made


def _type(o: Option) -> Any:
    """The type of one option, with its bounds and its texts."""
    unit = f" ({o.unit})" if o.unit else ""
    said: dict[str, Any] = {"description": f"{o.text.zh} · {o.text.en}{unit}"}
    bounds: dict[str, Any] = {"ge": o.minimum if o.minimum is not None else -_LARGEST, "le": o.maximum or _LARGEST}
    match o.type:
        case "integer":
            kind: Any = Annotated[int, Field(**bounds)]
        case "number":
            kind = Annotated[float, Field(**bounds)]
        case "flag":
            kind = bool
        case "list":
            item: Any = Literal[o.choices] if o.choices else Annotated[str, Field(min_length=1, max_length=400)]
            if o.entity == "Pair":
                item = Pair
            kind = Annotated[list[item], Field(max_length=20_000)]
        case "text":
            form = o.form or None
            kind = (
                Literal[o.choices] if o.choices else Annotated[str, Field(min_length=1, max_length=400, pattern=form)]
            )
    optional = kind if o.required or o.default is not None else kind | None
    return Annotated[optional, Field(**said)]
