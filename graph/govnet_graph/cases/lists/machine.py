"""The steps that are taken with needs and projects, as data. The command line, the API and its description are made from it.

>>> [step.name for step in steps_of(Thing.NEED, "met")]
['reopen']
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from govnet_graph.schema import Text


class Thing(StrEnum):
    """What the steps are about: the label of the node."""

    NEED = "Need"
    PROJECT = "Project"


@dataclass(frozen=True, slots=True)
class ListStep:
    """A step.

    Parameters
    ----------
    name : str
    thing : Thing
    text, about : Text
    froms : tuple of str
        States in which it may be taken; empty for the step that puts something on the list.
    to : str or None
        State after it; None where it leaves the state as it is.
    needs : tuple of str
        Fields of the request that must be given.
    takes : tuple of str
        Fields that may be given besides ``on``, ``reason`` and those that are needed.
    """

    name: str
    thing: Thing
    text: Text
    about: Text
    froms: tuple[str, ...]
    to: str | None
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


_NEW = ("owner", "due_on", "services")
LIST_STEPS = {
    (step.thing, step.name): step
    for step in (
        ListStep(
            "open", Thing.NEED, Text("提出需求", "Open"), Text("把一项需求列入清单", "Put a need on the list"), (), "open",
            ("name", "area"), (*_NEW, "headcount", "priority"),
        ),
        ListStep(
            "assign", Thing.NEED, Text("明确责任", "Assign"), Text("由一个组织负责，此前的负责即终止", "Let an organization answer for it from that day"),
            ("open", "lapsed"), None, ("owner",),
        ),
        ListStep(
            "meet", Thing.NEED, Text("满足", "Meet"), Text("说明由哪个资源、单位或项目满足", "Say which resource, unit or project meets it"),
            ("open", "lapsed"), "met", ("by",),
        ),
        ListStep(
            "reopen", Thing.NEED, Text("重新提出", "Reopen"), Text("不再满足或不再撤回，满足关系自当日终止", "It is not met, or not withdrawn, any more"),
            ("met", "withdrawn", "lapsed"), "open", ("reason",),
        ),
        ListStep(
            "withdraw", Thing.NEED, Text("撤回", "Withdraw"), Text("不再需要", "It is not needed any more"),
            ("open", "lapsed"), "withdrawn", ("reason",),
        ),
        ListStep(
            "plan", Thing.PROJECT, Text("列入项目", "Plan"), Text("把一个项目列入清单", "Put a project on the list"), (), "planned",
            ("name",), (*_NEW, "for_needs"),
        ),
        ListStep(
            "assign", Thing.PROJECT, Text("明确责任", "Assign"),
            Text("由一个组织或单位负责，此前的负责即终止", "Let an organization or unit answer for it from that day"),
            ("planned", "running"), None, ("owner",),
        ),
        ListStep("start", Thing.PROJECT, Text("开工", "Start"), Text("开始实施", "Work begins"), ("planned",), "running"),
        ListStep("finish", Thing.PROJECT, Text("完成", "Finish"), Text("实施完成", "Work is done"), ("running",), "done"),
    )
}  # fmt: skip


def steps_of(thing: Thing, state: str) -> tuple[ListStep, ...]:
    """The steps that may be taken in a state."""
    return tuple(step for step in LIST_STEPS.values() if step.thing is thing and state in step.froms)
