"""What the OpenAPI document says of jobs."""

from __future__ import annotations

from govnet_api.contract.common import MAP, OPTIONAL, STRING, TOKEN, WRITE, Spec, in_path, obj, operation, ref, said

_STATES = ["queued", "running", "done", "failed", "cancelled"]
_NUMBER: Spec = {"type": ["number", "null"]}
SCHEMAS: dict[str, Spec] = {
    "Job": said(
        obj(
            ["id", "kind", "state", "author", "created", "progress", "result", "problem", "resumable"],
            id=STRING,
            kind=STRING,
            state={"type": "string", "enum": _STATES},
            author=STRING,
            created={"type": "string", "format": "date-time"},
            progress={
                "type": ["object", "null"],
                "description": "进度；求解时另有目前最好值、界与差距 · How far it is; of a solve also the best value so far, the proven bound and the gap",
                "properties": {
                    "what": STRING,
                    "done": {"type": "number"},
                    "total": {"type": "number"},
                    "best": _NUMBER,
                    "bound": _NUMBER,
                    "gap": _NUMBER,
                },
                "required": ["what", "done", "total"],
            },
            result={**MAP, "type": ["object", "null"]},
            problem={
                "type": ["object", "null"],
                "properties": {"code": STRING, "detail": STRING, "hint": OPTIONAL},
                "required": ["code", "detail"],
            },
            resumable=said({"type": "boolean"}, "能否从已得结果继续", "Whether it can go on from where it ended"),
        ),
        "在请求之外进行的工作",
        "Work that is done outside of requests",
    ),
}
_JOB = in_path("job", "任务编号", "Id of the job", TOKEN, "0123456789abcdef")
_ABOUT: dict[str, Spec] = {
    "get_job": operation("任务进度 · How far a job is", "200", ref("Job"), (*WRITE, "not-found"), _JOB),
    "cancel_job": operation(
        "停止任务 · Stop a job", "202", ref("Job"), (*WRITE, "not-found"), _JOB,
        text=(
            "导入在两批之间停下，留下一个未结束的方案；求解停下后留下已找到的最好结果与差距，可继续。\n\n"
            "An import stops between two batches and leaves an open plan; a solve ends with the best that it has found and its gap, and can be resumed."
        ),
    ),
    "resume_job": operation(
        "继续任务 · Go on from where a job ended", "202", ref("Job"), (*WRITE, "not-found", "not-resumable"), _JOB,
        text=(
            "以加倍的时间继续求解，作为新的任务；得出的不会比已找到的更差。\n\n"
            "Goes on with twice the time, as a job of its own; what it gives is never worse than what had been found."
        ),
    ),
}  # fmt: skip


def of(name: str) -> Spec:
    """What the document says of one operation."""
    return _ABOUT[name]


__all__ = ["SCHEMAS", "of"]
