"""A kind of result and its options, declared once: command lines, HTTP parameters, tools and documents are made from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from govnet_graph.planner.errors import BadOption
from govnet_graph.planner.model import Result, Watch
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.schema import Text

OptionType = Literal["integer", "number", "text", "flag", "list"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a kind of result, from which command lines, HTTP parameters and documents are made.

    ``type`` is what a caller gives: ``list`` is a list of texts (a pair of ids is one text, ``unit>area``). ``default``
    None means that it may be left out; ``required`` that it may not. ``unit`` is the unit of a number, ``form`` a
    regular expression that a text matches.
    """

    name: str
    type: OptionType
    text: Text
    default: Any
    required: bool
    unit: str
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]
    entity: str
    form: str


def option(
    type_: OptionType,
    zh: str,
    en: str,
    default: Any = dataclasses.MISSING,
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
    entity: str = "",
    form: str = "",
) -> Any:
    """A field of an options dataclass; without ``default`` it must be given. ``entity`` names the label whose ids it takes."""
    metadata = {"type": type_, "text": Text(zh, en), "unit": unit, "minimum": minimum, "maximum": maximum}
    return field(default=default, metadata={**metadata, "choices": choices, "entity": entity, "form": form})


@dataclass(frozen=True, slots=True)
class PairingOptions:
    """What all that makes new pairings asks: what for, and who may."""

    requirements: tuple[str, ...] = option(
        "list",
        "配置要求编号，不填为全部可由结对满足的要求",
        "Ids of requirements; all that a pairing can meet where left out",
        (),
        entity="Requirement",
    )
    max_hops: int | None = option(
        "integer",
        "单位与区域之间最多的层级步数",
        "Largest number of steps between unit and area in the hierarchy",
        None,
        minimum=0,
        unit="steps",
    )
    kinds: tuple[str, ...] = option(
        "list", "可参与的单位种类，不填为全部", "Kinds of unit that may take part; all where left out", ()
    )
    without: tuple[str, ...] = option(
        "list", "不得新增结对的单位编号", "Ids of units that may not get new pairings", (), entity="Unit"
    )
    candidates: int = option(
        "integer",
        "每个区域先考虑的最近单位数（0为全部）",
        "Nearest able units considered first for each area; 0 for all",
        8,
        minimum=0,
        unit="units",
    )


def options_of(cls: type[Any]) -> tuple[Option, ...]:
    """The options that a dataclass declares with ``option``, in order."""
    found = []
    for f in fields(cls):
        required = f.default is dataclasses.MISSING
        default = None if required else f.default
        found.append(Option(name=f.name, default=default, required=required, **f.metadata))
    return tuple(found)


def read_options(cls: type[Any], given: Mapping[str, Any]) -> Any:
    """An options object from values by name, as text or typed; names may hold hyphens.

    Raises
    ------
    BadOption
        Names the option, the value and what is expected.
    """
    known = {o.name: o for o in options_of(cls)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        declared = known.get(name.replace("-", "_"))
        if declared is None:
            raise BadOption(f"There is no option {name!r}.", hint=f"There are: {', '.join(known)}.")
        if value is not None:
            values[declared.name] = _value(declared, value)
    if lacking := [o.name for o in known.values() if o.required and o.name not in values]:
        raise BadOption(f"Option {lacking[0]} is missing.", hint=known[lacking[0]].text.en + ".")
    return cls(**values)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of result that can be asked for.

    Attributes
    ----------
    name : str
        As it is asked for, such as ``where-next``.
    text : Text
        The question that it answers.
    options : type
        Frozen dataclass whose fields are made by ``option``.
    solve : callable
        ``solve(snapshot, options, watch=None)`` gives the result. Raises PlannerError.
    long : bool
        Whether it may take longer than a person waits, so that it runs as a job.
    resume : callable or None
        ``resume(snapshot, options, watch, found)`` goes on from what an earlier solve of the same had found, and gives nothing worse. None
        where a solve begins anew.
    """

    name: str
    text: Text
    options: type[Any]
    solve: Callable[[Snapshot, Any, Watch | None], Result]
    long: bool = False
    resume: Callable[[Snapshot, Any, Watch | None, Any], Result] | None = None

    def run(self, snapshot: Snapshot, given: Mapping[str, Any], watch: Watch | None = None) -> Result:
        """The result for options given by name, as text or typed. Raises PlannerError."""
        return self.solve(snapshot, read_options(self.options, given), watch)


_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")


def _value(declared: Option, value: Any) -> Any:
    wrong = BadOption(f"Option {declared.name}: {value!r} is not {_expected(declared)}.", hint=declared.text.en + ".")
    match declared.type:
        case "flag":
            text = str(value).lower()
            if text not in _TRUE + _FALSE:
                raise wrong
            return text in _TRUE
        case "list":
            items = value.split(",") if isinstance(value, str) else value
            if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
                raise wrong
            found = tuple(item.strip() for item in items if item.strip())
            if declared.choices and not set(found) <= set(declared.choices):
                raise wrong
            return found
        case "text":
            if not isinstance(value, str) or (declared.choices and value not in declared.choices):
                raise wrong
            return value
    try:
        number = int(value) if declared.type == "integer" else float(value)
    except (TypeError, ValueError, OverflowError):
        raise wrong from None
    if isinstance(value, bool) or number != float(value) or number != number:
        raise wrong
    too_low = declared.minimum is not None and number < declared.minimum
    if too_low or (declared.maximum is not None and number > declared.maximum):
        raise wrong
    return number


def _expected(declared: Option) -> str:
    if declared.choices:
        return f"one of {', '.join(declared.choices)}"
    kinds = {
        "integer": "a whole number",
        "number": "a number",
        "text": "text",
        "flag": "true or false",
        "list": "a list",
    }
    low = f" of at least {declared.minimum:g}" if declared.minimum is not None else ""
    high = f" of at most {declared.maximum:g}" if declared.maximum is not None else ""
    return kinds[declared.type] + low + (" and" + high if low and high else high)
