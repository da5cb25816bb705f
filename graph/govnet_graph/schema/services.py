"""What serves people, and what they need: resources and services in the terms of Open Referral HSDS, the three lists."""

from __future__ import annotations

from govnet_graph.schema.common import boolean, date, integer, node, string

_CAPACITY = (
    integer("capacity", "服务能力（按其单位）", "Capacity, in the unit that capacity_unit names"),
    string("capacity_unit", "能力单位", "Unit of the capacity", "people", "places", "grids", "seats"),
    string("capacity_bound", "能力是确数还是下限", "Whether the capacity is exact or a lower bound", "exact", "lower"),
)

RESOURCE = node(
    "Resource",
    "资源",
    "Place or thing that serves people",
    string(
        "kind",
        "资源种类",
        "Kind of resource",
        "centre",
        "station",
        "service-point",
        "canteen",
        "forum",
        "park",
        "hall",
        "parking",
        "classroom",
        "shelter",
        "documentary",
        "workshop",
        "base",
        required=True,
    ),
    *_CAPACITY,
    string("schedule", "开放时间", "When it is open"),
    string("terms", "使用条件", "Terms of use"),
    boolean("open_to_public", "是否向公众开放", "Whether it is open to the public"),
    indexed=("kind",),
)

SERVICE = node(
    "Service",
    "服务",
    "Kind of service, from one code list",
    string("code", "服务代码", "Code of the service", required=True),
    string(
        "group", "服务对象", "Group it is for", "everyone", "elders", "children", "disabled", "families", required=True
    ),
    indexed=("code",),
)

NEED = node(
    "Need",
    "实际需求",
    "Need of residents: the first of the three lists",
    string("state", "状态", "State of the need", "open", "met", "withdrawn", required=True),
    integer("headcount", "涉及人数", "Number of people concerned"),
    integer("priority", "优先级（1最高）", "Priority, 1 the highest", minimum=1),
    date("raised_on", "提出日期", "Day on which it was raised"),
    date("due_on", "期望解决日期", "Day by which it should be met; the day on which it was met is that of its MET_BY"),
    date("withdrawn_on", "撤回日期", "Day on which it was withdrawn"),
    string("withdrawal", "撤回原因", "Why it was withdrawn"),
    indexed=("state",),
)

PROJECT = node(
    "Project",
    "民生项目",
    "Livelihood project: the third of the three lists",
    string("state", "状态", "State of the project", "planned", "running", "done", required=True),
    date("planned_on", "列入日期", "Day on which it was put on the list"),
    date("started_on", "开工日期", "Day on which it was started"),
    date("due_on", "计划完成日期", "Day by which it should be finished"),
    date("finished_on", "完成日期", "Day on which it was finished"),
)
