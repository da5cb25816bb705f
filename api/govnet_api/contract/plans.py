"""What the OpenAPI document says of results, plans and what is done with them; bodies are described by their own models."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from govnet_api.contract.common import (
    AGAIN,
    BASIC,
    GRAPH,
    MAP,
    OPTIONAL,
    STRING,
    WRITE,
    Spec,
    body,
    in_path,
    listed,
    obj,
    operation,
    ref,
    said,
)
from govnet_api.operations import ID_FORM
from govnet_api.planning import Again, ByHand, Edit, Nothing, Refusal, Why, asking_model, class_name
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import options_of

_NUMBER: Spec = {"type": ["number", "null"]}
_INTEGER: Spec = {"type": ["integer", "null"]}
_DAY: Spec = {"type": "string", "format": "date"}
_BOTH = ref("BothLanguages")
_LINES = obj(["zh", "en"], zh=listed(STRING), en=listed(STRING))
_COUNT: Spec = {"type": "integer", "minimum": 0}
_SENT = ("unsupported-media-type", "invalid-request")
_SOLVING = (
    "plan-option-invalid", "not-found", "not-in-snapshot", "capacity-invalid", "locks-contradict", "no-candidates",
    "requirement-not-writable", "snapshot-stale", "planner-error", "nothing-loaded", "write-conflict", "plan-open",
    "nothing-to-propose", "bad-parameter",
)  # fmt: skip
_CODES = (*WRITE, *GRAPH, *_SENT)
_SEEN = (*BASIC, *GRAPH, "not-found", "not-a-proposal", "nothing-loaded", "write-conflict")
_LIFE = (*_CODES, "not-found", "not-a-proposal", "plan-state", "plan-open", "write-conflict", "nothing-loaded")


@cache
def schemas() -> dict[str, Spec]:
    """Component schemas, by name."""
    models: list[type[BaseModel]] = [ByHand, Edit, Again, Why, Refusal, Nothing, *map(asking_model, RESULTS)]
    _, made = models_json_schema([(m, "validation") for m in models], ref_template="#/components/schemas/{model}")
    bodies = {name: _without_titles(schema) for name, schema in made["$defs"].items()}
    return {**bodies, **_SCHEMAS}


def _without_titles(schema: Any) -> Any:
    """A schema without the titles that only repeat the names of its members."""
    if isinstance(schema, dict):
        return {k: _without_titles(v) for k, v in schema.items() if not (k == "title" and isinstance(v, str))}
    return [_without_titles(item) for item in schema] if isinstance(schema, list) else schema


_METHOD = said(
    obj(
        ["name", "exact", "reference", "bound", "gap"],
        name=STRING,
        exact=said({"type": "boolean"}, "是否已证明最优或完整", "Whether it is proven optimal or complete"),
        reference=STRING,
        bound=said(_NUMBER, "已证明的界", "Proven bound on the best value"),
        gap=said(_NUMBER, "与界的差距", "Gap to the bound; 0 where proven, null where none is known"),
    ),
    "方法与出处",
    "How it was found, and where that is published",
)
_MISSING = obj(
    ["kind", "what", "entity", "name", "narrows"],
    kind={"type": "string", "enum": ["ledger", "property"]}, what=STRING, entity=STRING, name=STRING, narrows=_NUMBER,
)  # fmt: skip
_CHANGE = obj(
    ["operation", "unit", "area", "services"],
    position=_COUNT,
    operation=said({"type": "string", "enum": ["create", "end", "supersede"]}, "操作", "It begins, ends or changes"),
    unit=STRING, area=STRING, pairing=OPTIONAL, services=listed(STRING), before=listed(STRING), used={"type": "integer"},
    reason=_BOTH, next_best=said(OPTIONAL, "次优单位", "Unit that was the next best choice"),
    cost={"anyOf": [_BOTH, {"type": "null"}]},
)  # fmt: skip
_PROPOSAL_PARTS: dict[str, Spec] = {
    "id": STRING, "name": STRING,
    "state": {"type": "string", "enum": ["open", "approved", "applied", "refused", "discarded", "undone"]},
    "author": STRING, "reason": STRING, "area": STRING, "effective_on": _DAY,
    "method": said(STRING, "所用计算或手工", "Kind of result that proposed it, or hand"), "options": MAP,
    "snapshot": said(STRING, "依据的快照散列值", "Hash of the snapshot that it was made against"),
    "base_version": {"type": "integer"},
    "certificate": OPTIONAL, "objective": MAP, "lock": listed(STRING), "forbid": listed(STRING), "revises": OPTIONAL,
    "proposed_at": {"type": ["string", "null"], "format": "date-time"}, "verdict": OPTIONAL, "decided_by": OPTIONAL,
    "decided_at": {"type": ["string", "null"], "format": "date-time"}, "applied_version": _INTEGER, "outcome": MAP,
    "data_version": {"type": "integer"},
}  # fmt: skip
_REQUIRED = [name for name in _PROPOSAL_PARTS if name != "data_version"]
_MEASURES = obj(
    ["missing", "uncovered", "unknown", "covered", "worst_load", "over", "changes"],
    missing=said(_COUNT, "缺少的提供方数", "Providers that lack where absence is known"),
    uncovered=_COUNT, unknown=_COUNT, covered=_COUNT,
    worst_load=said(_NUMBER, "最重负荷（占能力的比例）", "Largest share of its capacity that a unit uses"),
    over=said(_COUNT, "超出能力的单位数", "Units beyond their capacity"), changes=MAP, **{"from": STRING},
)  # fmt: skip
_SCHEMAS: dict[str, Spec] = {
    "PlannerResult": said(
        obj(
            ["kind", "area", "data_version", "snapshot", "as_of", "method", "missing", "text"],
            kind=STRING, area=STRING, data_version={"type": "integer"},
            snapshot=said(STRING, "快照散列值", "Hash of the snapshot that it was computed from"), as_of=_DAY,
            method=_METHOD, missing=said(listed(_MISSING), "最能缩小未知范围的记录", "Records that would narrow it most"),
            text=said(_LINES, "文字说明", "The result in words"), plan=said(STRING, "保存为方案的编号", "Id of the plan that it was kept as"),
        ),
        "求解结果；其余成员因种类而异", "A result; its further members depend on its kind",
    ),
    "Proposal": said(obj([*_REQUIRED, "changes"], **_PROPOSAL_PARTS, changes=listed(_CHANGE)), "提出的方案", "A proposal"),
    "PlanPreview": said(
        obj(
            ["plan", "name", "state", "area", "as_of", "data_version", "snapshot", "moved", "measures", "difference", "text"],
            plan=STRING, name=STRING, state=STRING, area=STRING, as_of=_DAY, data_version=_INTEGER, snapshot=OPTIONAL,
            moved=said(listed(MAP), "方案所依据而已变化的情况", "What it rests on and has changed since"),
            measures={"anyOf": [obj(["before", "after"], before=_MEASURES, after=_MEASURES), {"type": "null"}]},
            difference={
                **MAP, "type": ["object", "null"],
                "description": "覆盖的变化：新覆盖、新失去、冲突 · Coverage before and after: gained, newly exposed, conflicts",
            },
            text=_LINES,
        ),
        "执行后的覆盖变化", "What applying a plan would do now",
    ),
    "PlanComparison": said(
        obj(
            ["data_version", "same_ground", "plans", "common", "only"],
            data_version=_INTEGER, same_ground=said({"type": "boolean"}, "区域与日期是否相同", "Whether all are about one area and day"),
            plans=listed(obj([*_REQUIRED, "preview"], **_PROPOSAL_PARTS, preview=ref("PlanPreview"))),
            common=said(listed(_CHANGE), "共同的变更", "Changes that all of them make"),
            only={
                "type": "object", "additionalProperties": listed(_CHANGE),
                "description": "各方案独有或不全有的变更 · Changes that not all of them make, by plan",
            },
        ),
        "方案并列比较", "Plans side by side",
    ),
    "PlanApplied": obj(
        ["plan", "state", "created", "changed", "ended", "already", "data_version"],
        plan=STRING, state={"const": "applied"}, created=_COUNT, changed=_COUNT, ended=_COUNT,
        already=said({"type": "boolean"}, "此前已执行", "It had been applied before"), data_version={"type": "integer"},
    ),
    "PlanUndone": obj(
        ["plan", "state", "undone_by", "withdrawn", "restored", "already", "data_version"],
        plan=STRING, state={"const": "undone"}, undone_by=said(OPTIONAL, "撤销本身的方案编号", "Id of the plan that is the undo"),
        withdrawn=said(_COUNT, "撤回的记录数", "Records taken back"),
        restored=said(_COUNT, "恢复原样的记录数", "Records that got back what they held before"),
        already=said({"type": "boolean"}, "此前已撤销", "It had been taken back before"), data_version={"type": "integer"},
    ),
    "CertificateCheck": obj(
        ["valid", "stale", "faults", "area", "as_of", "snapshot", "data_version"],
        valid=said({"type": "boolean"}, "证明是否成立", "Whether the certificate proves what it says"),
        stale=said({"type": "boolean"}, "图谱此后是否已变", "Whether the graph has moved since it was made"),
        faults=listed(STRING), area=STRING, as_of=_DAY, snapshot=STRING, data_version={"type": "integer"},
    ),
}  # fmt: skip
_PLAN = in_path(
    "plan",
    "方案编号",
    "Plan id",
    {"type": "string", "pattern": ID_FORM, "maxLength": 200},
    "plan-proposal-0123456789ab",
)
_PREFER: Spec = {
    "name": "Prefer", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "respond-async 立即返回任务；wait=N 至多等待 N 秒 · respond-async gives the job at once, wait=N waits N seconds at most",
}  # fmt: skip
_JOB: Spec = {
    "202": {
        "description": "仍在进行，见任务 · Still under way: the job",
        "content": {"application/json": {"schema": ref("Job")}},
    }
}
_BY_HAND: Spec = {
    "name": "爱民社区结对调整",
    "reason": "联席会议议定",
    "area": "210902003013",
    "add": ["unit-210902-11>210902003013"],
}


def _unchanged(spec: Spec) -> Spec:
    """A description that also knows the answer 304."""
    same = {"304": {"description": "未变 · Unchanged since the ETag that was sent"}}
    return {**spec, "responses": {**spec["responses"], **same}}


_ABOUT: dict[str, Spec] = {
    "list_results": operation(
        "可求解的结果及选项 · Kinds of result and their options", "200", obj(["items"], items=listed(MAP)), (*BASIC, "not-acceptable")
    ),
    "check_certificate": operation(
        "检验覆盖证明 · Check a certificate", "200", ref("CertificateCheck"), (*_CODES, "no-certificate", "nothing-loaded", "write-conflict"),
        body=body(MAP, example={"kind": "certificate"}, required=True),
        text="由独立程序检验，与求解程序没有共同代码。\n\nChecked by a program that shares no code with the solver.",
    ),
    "create_plan": operation(
        "手工写下方案 · Write a plan down", "201", ref("Proposal"), (*_CODES, *_SOLVING, "plan-edit-invalid"),
        body=body(ref("ByHand"), example=_BY_HAND, required=True),
    ),
    "get_proposal": _unchanged(operation("方案全文 · A proposal as a whole", "200", ref("Proposal"), _SEEN, _PLAN)),
    "preview_plan": _unchanged(operation(
        "预览方案 · What applying a plan would do", "200", ref("PlanPreview"), (*_SEEN, "capacity-invalid"), _PLAN,
        text=(
            "按现在的图谱：各项要求执行前后的覆盖，谁新获覆盖，谁新失去覆盖，有何冲突，以及方案所依据的情况变了什么。\n\n"
            "Against the graph as it is now: coverage before and after, who gains, who is newly exposed, conflicts, "
            "and what the plan rests on that has changed."
        ),
    )),
    "compare_plans": _unchanged(operation(
        "并列比较方案 · Plans side by side", "200", ref("PlanComparison"), (*_SEEN, "bad-parameter", "bad-input", "capacity-invalid"),
        {"name": "plans", "in": "query", "required": True, "style": "form", "explode": False,
         "description": "方案编号，以逗号分隔 · Ids of two to ten plans",
         "schema": {"type": "array", "items": {"type": "string", "pattern": ID_FORM, "maxLength": 200}, "minItems": 2,
                    "maxItems": 10, "uniqueItems": True},
         "example": ["plan-proposal-0123456789ab", "plan-proposal-ba9876543210"]},
    )),
    "edit_plan": operation(
        "手工修改方案 · Edit a plan by hand", "201", ref("Proposal"), (*_LIFE, *_SOLVING, "plan-edit-invalid"), _PLAN,
        body=body(ref("Edit"), example={"lock": ["unit-210902-11>210902003013"]}),
        text=(
            "得出一个新方案，原方案随之放弃（keep 可保留）。加上的结对随即锁定，去掉的随即禁止，再次求解时照此处理。\n\n"
            "Gives a new plan; the former one is discarded unless `keep` is set. What is added is locked and what is removed "
            "forbidden when it is computed anew."
        ),
    ),
    "resolve_plan": operation(
        "围绕锁定重新求解 · Compute a plan anew around its locks", "201", ref("Proposal"), (*_LIFE, *_SOLVING), _PLAN, AGAIN, _PREFER,
        body=body(ref("Again"), example={}), also=_JOB,
    ),
    "approve_plan": operation(
        "批准方案 · Approve a plan", "200", ref("Proposal"), (*_LIFE, "plan-own"), _PLAN,
        body=body(ref("Why"), example={"reason": "同意"}),
    ),
    "refuse_plan": operation(
        "拒绝方案 · Refuse a plan", "200", ref("Proposal"), _LIFE, _PLAN,
        body=body(ref("Refusal"), example={"reason": "单位已满"}, required=True),
    ),
    "discard_plan": operation(
        "放弃方案 · Give a plan up", "200", ref("Proposal"), _LIFE, _PLAN, body=body(ref("Why"), example={"reason": "另有方案"})
    ),
    "apply_plan": operation(
        "执行方案 · Apply a plan", "200", ref("PlanApplied"), (*_LIFE, "plan-not-approved", "plan-overtaken", "bad-input"), _PLAN,
        body=body(ref("Nothing")),
        text=(
            "在一个事务中执行，只写入带日期的关系，从不删除。图谱在方案所依据之处已变时拒绝并说明；重复请求没有进一步的效果。\n\n"
            "In one transaction; it writes dated relationships and deletes none. Refused, with the reasons, where the graph has "
            "moved in a way that touches it. Repeating the request has no further effect."
        ),
    ),
    "undo_plan": operation(
        "撤销一个方案 · Take a plan back", "200", ref("PlanUndone"),
        (*_CODES, "not-found", "plan-open", "not-undoable", "write-conflict"), _PLAN,
        body=body(ref("Why"), example={"reason": "台账有误"}),
        text=(
            "整体撤销一次导入、修改或方案：新增的被撤回，改动的恢复原样；当时所知仍可查询。中断后重复请求即可继续。后来的变更依赖于它时拒绝，并说明是哪一个。\n\n"
            "Takes back an import, an edit or a plan as a whole: what it created is withdrawn, what it changed restored; what was believed in between "
            "can still be asked. Repeating the request resumes it where it was interrupted, and has no further effect once it is done. "
            "It is refused, with the reason, where later changes rest on it."
        ),
    ),
}  # fmt: skip


def of(name: str) -> Spec:
    """What the document says of one operation."""
    return _ABOUT[name]


def operation_of(kind: str) -> str:
    """Name of the operation that computes a kind of result."""
    return "solve_" + kind.replace("-", "_")


def asking(kind: str) -> Spec:
    """What the document says of the address of one kind of result."""
    text = RESULTS[kind].text
    needed = any(option.required for option in options_of(RESULTS[kind].options))
    return operation(
        f"{text.zh} · {text.en}", "200", ref("PlannerResult"), (*_CODES, *_SOLVING), AGAIN, _PREFER,
        body=body(ref(f"Ask{class_name(kind)}"), example=EXAMPLES.get(kind, {}), required=needed), also=_JOB,
        text=(
            "很快算完就直接返回结果，否则返回任务（202）；时限一到返回已找到的最好结果与已证明的差距。\n\n"
            "Answers at once where it ends soon, else with a job (202). A time limit ends it with the best that was found and its proven gap."
        ),
    )  # fmt: skip


#: Bodies that can be tried on the demonstration district.
EXAMPLES: dict[str, Spec] = {
    "where-next": {"as_of": "2026-06-01", "options": {"gives": "service:meals", "sites": 2}},
    "certificate": {"as_of": "2026-06-01"},
    "repair": {"area": "210902003", "as_of": "2026-06-01", "time_limit": 10},
    "withdrawal": {"area": "210902003", "as_of": "2026-06-01"},
    "fairness": {"as_of": "2026-06-01"},
    "brokers": {"as_of": "2026-06-01"},
    "match": {"as_of": "2026-06-01"},
}
__all__ = ["EXAMPLES", "asking", "of", "operation_of", "schemas"]
