"""What the OpenAPI document says of cases and their steps; the bodies that they take are checked by the same models."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from govnet_api.contract.document import problems
from govnet_api.negotiate import JSON
from govnet_api.operations import ID_FORM
from govnet_api.writing import MAX_KEY
from govnet_graph.cases.machine import MACHINE, STATES
from govnet_graph.cases.model import MAX_REASON
from govnet_graph.schema import SCHEMA

Spec = dict[str, Any]
_MAX_ID, _MAX_NAME = 200, 200
_TAKEN = tuple(step.name for step in MACHINE.values() if step.froms)
_CHANNELS = SCHEMA.nodes["Case"].by_name["channel"].values
_PLAIN = r"^[^\x00]*$"
_BASIC = ("bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected", "busy",
          "keys-unusable")  # fmt: skip
_GRAPH = ("query-failed", "engine-unreachable", "graph-unusable", "query-timeout", "nothing-loaded")
_WRITE = (*_BASIC, *_GRAPH, "not-allowed", "unsupported-media-type", "invalid-request", "bad-input", "not-found", "plan-open",
          "write-conflict", "case-state", "case-not-yours", "key-reused", "bad-parameter")  # fmt: skip

Id = Annotated[str, Field(max_length=_MAX_ID, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")]
Words = Annotated[str, Field(max_length=MAX_REASON, pattern=_PLAIN)]


class RaiseBody(BaseModel):
    """A case to be raised."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[
        str,
        Field(
            min_length=1, max_length=_MAX_NAME, pattern=_PLAIN, description="简述 · What it is about, in a few words"
        ),
    ]
    area: Annotated[Id, Field(min_length=1, description="发生的网格、社区、街道或区 · Area where it was raised")]
    kind: Annotated[Id, Field(description="种类代码，见 /case-kinds · Code of its kind, see /case-kinds")] = "unsorted"
    channel: Annotated[str, Field(description="渠道 · Channel", json_schema_extra={"enum": list(_CHANNELS)})] = (
        "resident"
    )
    on: Annotated[dt.date | None, Field(description="提出日期，默认今天 · Day; today where left out")] = None
    actor: Annotated[Id, Field(description="提出人的编号 · Id of who raised it")] = ""
    description: Annotated[Words, Field(description="经过 · What happened")] = ""
    address: Annotated[str, Field(max_length=_MAX_NAME, pattern=_PLAIN, description="地址 · Address")] = ""
    latitude: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    external: Annotated[Id, Field(description="在其他系统中的编号 · Its id in another system")] = ""


class StepBody(BaseModel):
    """A step to be taken with a case."""

    model_config = ConfigDict(extra="forbid", strict=True)

    step: Annotated[str, Field(description="步骤 · Step", json_schema_extra={"enum": list(_TAKEN)})]
    reason: Annotated[Words, Field(description="理由或说明 · Why, or what was done")] = ""
    target: Annotated[Id, Field(description="派给谁 · To whom it is dispatched")] = ""
    kind: Annotated[Id, Field(description="归入的种类 · Kind that it is sorted to")] = ""
    actor: Annotated[Id, Field(description="由谁 · Id of who takes it")] = ""
    on: Annotated[dt.date | None, Field(description="日期，默认今天 · Day; today where left out")] = None
    expected: Annotated[
        int | None,
        Field(
            ge=0,
            description="所见的步数，之后有人走过则拒绝 · Steps that you know of; refused where others were taken since",
        ),
    ] = None


class UndoBody(BaseModel):
    """Taking the last step back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: Annotated[Words, Field(description="理由 · Why")] = ""
    step_id: Annotated[
        Id, Field(description="要撤销的步骤编号 · Id of the step that you mean; refused where it is not the last")
    ] = ""


_STRING: Spec = {"type": "string"}
_INTEGER: Spec = {"type": "integer"}
_DATE: Spec = {"type": ["string", "null"], "format": "date"}
_NULLABLE: Spec = {"type": ["string", "null"]}
_STATE: Spec = {"type": "string", "enum": list(STATES)}
_TEXT: Spec = {"$ref": "#/components/schemas/BothLanguages"}


def _object(**properties: Spec) -> Spec:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: Spec) -> Spec:
    return {"type": "array", "items": item}


def _ref(name: str) -> Spec:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Spec] = {
    "CaseState": _object(
        name=_STATE, text=_TEXT, clock={**_NULLABLE, "description": "在计的期限 · Deadline that runs in it"},
        role={**_NULLABLE, "description": "由谁行动 · Who has to act"},
    ),
    "CaseStepKind": _object(
        name=_STRING, text=_TEXT, about=_TEXT, froms=_list(_STATE), to=_NULLABLE, role=_STRING,
        needs=_list({"type": "string", "enum": ["reason", "target", "kind"]}), undoable={"type": "boolean"},
    ),
    "CaseMachine": _object(states=_list(_ref("CaseState")), steps=_list(_ref("CaseStepKind"))),
    "CaseSteps": _object(
        case=_STRING, state=_STATE, steps={**_INTEGER, "description": "已走步数，作 expected 用 · Steps taken; give it as `expected`"},
        taken=_list({"type": "object", "additionalProperties": True}),
        allowed=_list(_ref("CaseStepKind")),
        undoable={**_NULLABLE, "description": "可撤销的步骤编号 · Id of the last step where it may be taken back"},
        data_version=_INTEGER,
    ),
    "CaseOutcome": _object(
        case=_STRING, step=_STRING, step_id=_STRING, state=_STATE, steps=_INTEGER, plan=_STRING, next_due_on=_DATE,
        due_assumed={"type": "boolean", "description": "期限为推算 · The deadline was reckoned before that year's holidays were published"},
        already={"type": "boolean", "description": "此请求以前已经处理 · This request had been answered before; nothing was written"},
        allowed=_list(_STRING), data_version=_INTEGER,
    ),
    "CaseUndone": _object(
        case=_STRING, step=_STRING, step_id=_STRING, state=_NULLABLE, plan=_STRING, already={"type": "boolean"}, data_version=_INTEGER,
    ),
    "CaseEvent": _object(
        cursor=_INTEGER, event={**_STRING, "description": "case.raise … case.reopen, case.undone"}, case=_STRING, step_id=_STRING, state=_STRING,
        day=_DATE, recorded_at={"type": "string", "format": "date-time"}, target=_NULLABLE, reason=_NULLABLE, due_on=_DATE, detail=_NULLABLE,
    ),
    "CaseEvents": _object(
        items=_list(_ref("CaseEvent")),
        next={**_INTEGER, "description": "下次的 since · Value of `since` for the next request"},
    ),
}  # fmt: skip
_KEY: Spec = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": r"^[\x21-\x7e]+$"},
    "description": "请求标识：同一标识重复发送只生效一次 · Names this request: sent again, it has no further effect and gets the same answer",
}  # fmt: skip
_CASE: Spec = {
    "name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": ID_FORM, "maxLength": _MAX_ID},
    "example": "case-210902003013-w001", "description": "问题编号 · Case id",
}  # fmt: skip


def _query(name: str, high: int, default: int, text: str, low: int = 0) -> Spec:
    schema = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


def _body(model: type[BaseModel], example: Spec, *, required: bool = True) -> Spec:
    return {"required": required, "content": {JSON: {"schema": model.model_json_schema(), "example": example}}}


def _answer(name: str, text: str) -> Spec:
    return {"description": text, "content": {JSON: {"schema": _ref(name)}}}


_MACHINE = "、".join(f"{step.name}({step.text.zh})" for step in MACHINE.values() if step.froms)
_OF: dict[str, Spec] = {
    "raise_case": {
        "summary": "提出一个问题 · Raise a case",
        "description": "期限按种类和工作日历计算 · Its deadlines follow from its kind and the calendar of working days.",
        "parameters": [_KEY],
        "requestBody": _body(RaiseBody, {"name": "单元门口井盖缺失", "area": "210902003013001", "kind": "road"}),
        "responses": {
            "201": _answer("CaseOutcome", "已提出 · Raised"),
            "200": _answer("CaseOutcome", "此前已提出 · It had been raised by this request before"),
            **problems(_WRITE),
        },
    },
    "get_case_steps": {
        "summary": "走过的和可走的步骤 · Steps that were taken, and those that may be",
        "description": "历史与当前可走的步骤，出自同一数据版本 · History and allowed steps, of one data version.",
        "parameters": [_CASE],
        "responses": {
            "200": _answer("CaseSteps", "步骤 · Steps"),
            **problems((*_BASIC, *_GRAPH, "not-found", "bad-parameter", "write-conflict")),
        },
    },
    "take_case_step": {
        "summary": "走一步 · Take a step with a case",
        "description": f"{_MACHINE}。每一步都是一个可整体撤销的变更组；并发时只有一个成功。\n\n"
        "Each step is one group of changes. It is refused where the case's state does not allow it (409, with what is allowed in `hint`), and of several "
        "who take a step at once one succeeds.",
        "parameters": [_CASE, _KEY],
        "requestBody": _body(StepBody, {"step": "whistle", "reason": "请各部门报到"}),
        "responses": {"200": _answer("CaseOutcome", "已办理 · Taken"), **problems(_WRITE)},
    },
    "undo_case_step": {
        "summary": "撤销最后一步 · Take the last step back",
        "description": "状态、派单和期限恢复原样，曾经如此仍可查询 · State, dispatch and deadline are what they were; that they were not can still be asked.",
        "parameters": [_CASE],
        "requestBody": _body(UndoBody, {"reason": "点错了"}, required=False),
        "responses": {"200": _answer("CaseUndone", "已撤销 · Taken back"), **problems((*_WRITE, "not-undoable"))},
    },
    "list_case_events": {
        "summary": "某时刻之后发生的事 · What happened to cases since a cursor",
        "description": "按发生先后；从 since=0 开始，之后用 next · In their order; begin with since=0, go on with `next` until nothing comes.",
        "parameters": [
            _query("since", 2**53, 0, "上次的 next · `next` of the answer before"),
            _query("limit", 1000, 200, "最多几件 · Most events in one answer", 1),
        ],
        "responses": {"200": _answer("CaseEvents", "事件 · Events"), **problems((*_BASIC, *_GRAPH, "bad-parameter"))},
    },
    "get_case_machine": {
        "summary": "状态机 · The state machine of cases",
        "description": "所有状态与步骤；页面、说明和校验都出自它 · All states and steps; pages, documentation and checks are made from it.",
        "responses": {"200": _answer("CaseMachine", "状态机 · States and steps"), **problems(_BASIC)},
    },
}  # fmt: skip


def of(name: str) -> Spec:
    """The description of one operation."""
    return _OF[name]
