"""What the OpenAPI document says of steps with needs and projects; the bodies are checked by the same models."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from govnet_api.contract.document import problems
from govnet_api.negotiate import JSON
from govnet_api.operations import ID_FORM
from govnet_api.writing import MAX_KEY
from govnet_graph.cases.lists import LIST_STEPS, Thing
from govnet_graph.cases.model import MAX_REASON

Spec = dict[str, Any]
_PLAIN = r"^[^\x00]*$"
_WRITE = (
    "bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected", "busy",
    "keys-unusable", "query-failed", "engine-unreachable", "graph-unusable", "query-timeout", "nothing-loaded", "not-allowed",
    "unsupported-media-type", "invalid-request", "bad-input", "not-found", "plan-open", "write-conflict", "list-state",
    "key-reused", "bad-parameter",
)  # fmt: skip
Id = Annotated[str, Field(max_length=200, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")]
Words = Annotated[str, Field(max_length=MAX_REASON, pattern=_PLAIN)]
Name = Annotated[
    str, Field(min_length=1, max_length=200, pattern=_PLAIN, description="内容 · What it is, in a few words")
]
Day = Annotated[dt.date | None, Field(description="日期，默认今天 · Day; today where left out")]
Due = Annotated[dt.date | None, Field(description="期望日期 · Day by which it should be met or finished")]
Owner = Annotated[Id, Field(description="负责的组织或单位 · Who answers for it")]
Services = Annotated[
    list[Annotated[str, Field(max_length=100)]], Field(max_length=50, description="服务代码 · Codes of services")
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NeedBody(_Body):
    """A need to be put on the list."""

    name: Name
    area: Annotated[Id, Field(min_length=1, description="提出的区域 · Area that raised it")]
    services: Services = []
    headcount: Annotated[int | None, Field(ge=0, description="涉及人数 · People concerned")] = None
    priority: Annotated[int | None, Field(ge=1, description="优先级，1 最高 · 1 the highest")] = None
    due_on: Due = None
    owner: Owner = ""
    on: Day = None
    reason: Words = ""


class ProjectBody(_Body):
    """A project to be put on the list."""

    name: Name
    for_needs: Annotated[list[Id], Field(max_length=50, description="针对的需求 · Ids of needs that it is for")] = []
    services: Services = []
    due_on: Due = None
    owner: Owner = ""
    on: Day = None
    reason: Words = ""


def _names(thing: Thing) -> list[str]:
    return [step.name for step in LIST_STEPS.values() if step.thing is thing and step.froms]


class NeedStepBody(_Body):
    """A step to be taken with a need."""

    step: Annotated[str, Field(description="步骤 · Step", json_schema_extra={"enum": _names(Thing.NEED)})]
    by: Annotated[Id, Field(description="由什么满足（meet） · What meets it")] = ""
    owner: Owner = ""
    on: Day = None
    reason: Words = ""


class ProjectStepBody(_Body):
    """A step to be taken with a project."""

    step: Annotated[str, Field(description="步骤 · Step", json_schema_extra={"enum": _names(Thing.PROJECT)})]
    owner: Owner = ""
    on: Day = None
    reason: Words = ""


_STRING: Spec = {"type": "string"}
SCHEMAS: dict[str, Spec] = {
    "ListOutcome": {
        "type": "object",
        "properties": {
            "id": _STRING, "thing": {"type": "string", "enum": list(Thing)}, "step": _STRING, "state": _STRING,
            "plan": {"type": "string", "description": "可整体撤销的变更组 · Group of changes that takes it back, see /plans/{id}/undo"},
            "data_version": {"type": "integer"},
            "already": {"type": "boolean", "description": "此请求以前已经处理 · This request had been answered before"},
        },
        "required": ["id", "thing", "step", "state", "plan", "data_version", "already"],
    },
}  # fmt: skip
_KEY: Spec = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": r"^[\x21-\x7e]+$"},
    "description": "请求标识：同一标识重复发送只生效一次 · Names this request: sent again, it has no further effect and gets the same answer",
}  # fmt: skip


def _spec(thing: Thing, summary: str, model: type[BaseModel], example: Spec, *, makes: bool) -> Spec:
    told = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/ListOutcome"}}}}
    steps = "、".join(f"{s.name}({s.text.zh}:{s.about.zh})" for s in LIST_STEPS.values() if s.thing is thing)
    said = "; ".join(f"{s.name}: {s.about.en}" for s in LIST_STEPS.values() if s.thing is thing)
    example_id = "need-1" if thing is Thing.NEED else "proj-1"
    in_path = [] if makes else [{
        "name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": ID_FORM, "maxLength": 200},
        "example": example_id, "description": "编号 · Id",
    }]  # fmt: skip
    answers = {"201": {"description": "已列入 · Put on the list", **told}} if makes else {}
    return {
        "summary": summary,
        "description": f"{steps}。每一步都是一个可整体撤销的变更组。\n\n{said}. Each step is one group of changes that can be taken back.",
        "parameters": [*in_path, _KEY],
        "requestBody": {"required": True, "content": {JSON: {"schema": model.model_json_schema(), "example": example}}},
        "responses": {
            **answers,
            "200": {
                "description": "此前已列入 · It had been put there by this request before"
                if makes
                else "已办理 · Taken",
                **told,
            },
            **problems(_WRITE),
        },
    }


_OF: dict[str, Spec] = {
    "open_need": _spec(
        Thing.NEED, "把一项需求列入清单 · Put a need on the list", NeedBody,
        {"name": "老人助餐", "area": "210902003013001", "services": ["meals"], "headcount": 12}, makes=True,
    ),
    "take_need_step": _spec(
        Thing.NEED, "对一项需求走一步 · Take a step with a need", NeedStepBody, {"step": "meet", "by": "res-canteen-xihuayuan"}, makes=False
    ),
    "plan_project": _spec(
        Thing.PROJECT, "把一个项目列入清单 · Put a project on the list", ProjectBody, {"name": "社区食堂", "services": ["meals"]}, makes=True
    ),
    "take_project_step": _spec(
        Thing.PROJECT, "对一个项目走一步 · Take a step with a project", ProjectStepBody, {"step": "start", "on": "2026-06-01"}, makes=False
    ),
}  # fmt: skip


def of(name: str) -> Spec:
    """The description of one operation."""
    return _OF[name]
