"""What happens: cases in the terms of Open311, activities, programmes."""

from __future__ import annotations

from govnet_graph.schema.common import boolean, date, integer, node, number, string, strings
from govnet_graph.schema.model import Privacy

#: States that a case passes through; what leads from one to the next stands in govnet_graph.cases.machine.
CASE_STATES = ("raised", "whistled", "dispatched", "accepted", "refused", "solved", "closed")
#: Steps that are taken with a case, in the order in which they usually come.
CASE_STEPS = (
    "raise", "sort", "whistle", "dispatch", "accept", "refuse", "recall", "report", "escalate", "done", "confirm", "reopen",
)  # fmt: skip

CASE = node(
    "Case",
    "问题、诉求",
    "Problem or dispute raised in a grid, with its state and clock",
    string("kind", "问题种类代码", "Code of the CaseKind that it was sorted to", required=True),
    string("state", "状态", "State of the case", *CASE_STATES, required=True),
    string(
        "channel",
        "收集渠道（各渠道不可相加）",
        "Channel that collected it; channels overlap and are never added",
        "full-time-worker",
        "demonstration",
        "forum",
        "volunteer-team",
        "resident",
        required=True,
    ),
    date("raised_on", "提出日期", "Day on which it was raised"),
    date("begun_on", "最近一次退回重办的日期", "Day on which it was last reopened: its deadlines count from then"),
    date("due_on", "办结期限", "Day by which it should be closed"),
    date("closed_on", "办结日期", "Day on which it was closed"),
    date("agreed_on", "提出人确认日期", "Day on which who raised it confirmed that it is solved"),
    date("next_due_on", "下一步期限", "Day by which the next step is due"),
    boolean(
        "due_assumed",
        "期限所在年度的放假安排尚未公布，按周末与法定节日推算",
        "Whether its days were reckoned before the holiday calendar of the year was published",
    ),
    string(
        "level",
        "目前所在层级",
        "Level of area at which it lies now, a community at the least",
        "Community",
        "Street",
        "District",
    ),
    integer("steps", "已走的步数", "Number of steps taken with it so far; absent for a case of a ledger"),
    integer("reopened", "被退回重办的次数", "How often it was reopened"),
    string("description", "经过", "What happened, in the words of who raised it", privacy=Privacy.PERSONAL),
    string("address", "地址", "Address", privacy=Privacy.PERSONAL),
    number("latitude", "纬度（WGS 84，度）", "Latitude in degrees (WGS 84)", privacy=Privacy.PERSONAL),
    number("longitude", "经度（WGS 84，度）", "Longitude in degrees (WGS 84)", privacy=Privacy.PERSONAL),
    string("external", "在其他系统中的编号", "Its id in another system", privacy=Privacy.INTERNAL),
    indexed=("state", "channel", "external"),
)

CASE_KIND = node(
    "CaseKind",
    "问题种类",
    "Kind of case, with its deadlines and what fits it: data that a district edits",
    string("code", "种类代码", "Code of the kind", required=True),
    string("group", "所属大类", "Group of kinds that it belongs to"),
    string("covers", "适用情形", "What belongs to it"),
    integer("dispatch_days", "派单期限（工作日）", "Working days from raising to dispatch", minimum=1, required=True),
    integer("accept_days", "接单期限（工作日）", "Working days from dispatch to acceptance", minimum=1, required=True),
    integer(
        "solve_days",
        "办结期限（工作日）",
        "Working days from raising until it should be solved",
        minimum=1,
        required=True,
    ),
    integer(
        "confirm_days", "确认期限（工作日）", "Working days from solving to confirmation", minimum=1, required=True
    ),
    strings("chain", "逐级上报的层级", "Levels of area through which it is escalated, lowest first"),
    strings("professions", "适合的职业", "Professions that fit it, the most fitting first"),
    strings("services", "适合的服务代码", "Codes of services that fit it, the most fitting first"),
    indexed=("code",),
)

CASE_STEP = node(
    "CaseStep",
    "办理步骤",
    "One step that was taken with a case: who, when, why",
    string("step", "步骤", "Which step", *CASE_STEPS, required=True),
    integer("number", "第几步", "Which step of the case it is, from 1", minimum=1, required=True),
    date("taken_on", "日期", "Day on which it was taken"),
    string("from_state", "之前的状态", "State of the case before it", *CASE_STATES),
    string("to_state", "之后的状态", "State of the case after it", *CASE_STATES, required=True),
    string("actor", "由谁（编号）", "Id of the member, unit or organization that took it, where one is named"),
    string("target", "对象（编号）", "Id of whom the case went to by it"),
    string("detail", "内容（如新种类、新层级）", "What it set: the kind sorted to, the level escalated to"),
    string("why", "理由或说明", "Why, or what was done", privacy=Privacy.INTERNAL),
    string("author", "操作人", "Who recorded it", privacy=Privacy.INTERNAL),
    date("due_on", "下一步期限", "Day by which the step after it is due"),
    integer("version", "数据版本", "Data version that it was recorded with; orders all steps"),
    string("request", "请求内容散列值", "Hash of the request that it answers", privacy=Privacy.INTERNAL),
    indexed=("version",),
)

ACTIVITY = node(
    "Activity",
    "活动",
    "Theme day, deliberation, joint meeting, training or award",
    string(
        "kind",
        "活动种类",
        "Kind of activity",
        "theme-day",
        "deliberation",
        "joint-meeting",
        "training",
        "visit",
        "contest",
        "award",
        "tour",
        "care",
        "outreach",
        required=True,
    ),
    date("held_on", "举办日期", "Day on which it was held"),
    integer("attendance", "参加人数", "Number of people who attended"),
    integer("disputes", "调处的矛盾纠纷件数", "Number of disputes that were handled at it"),
    indexed=("kind",),
)

PROGRAMME = node(
    "Programme",
    "项目机制",
    "Programme or standing mechanism",
    string(
        "kind",
        "机制种类",
        "Kind of programme",
        "pairing",
        "demonstration",
        "training",
        "resource-release",
        "service",
        "dispatch",
        "publicity",
        "strategy",
        required=True,
    ),
)
