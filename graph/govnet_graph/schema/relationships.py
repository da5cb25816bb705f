"""The relationship types, what they may join, and the named sets that questions share."""

from __future__ import annotations

from govnet_graph.schema.actors import PROFESSIONS
from govnet_graph.schema.common import EDGE_COMMON, EDGE_DATED, date, datetime, integer, string, strings
from govnet_graph.schema.model import Privacy, Property, RelationshipSet, RelationshipType, Text

_AREAS = ("Grid", "Community", "Street", "District")


def _edge(
    type_: str, zh: str, en: str, pairs: tuple[tuple[str, str], ...], *properties: Property, dated: bool = True
) -> RelationshipType:
    carried = (*EDGE_COMMON, *(EDGE_DATED if dated else ()), *properties)
    return RelationshipType(type_, Text(zh, en), pairs, carried, dated)


def _to_areas(*starts: str) -> tuple[tuple[str, str], ...]:
    return tuple((start, area) for start in starts for area in _AREAS)


PART_OF = _edge(
    "PART_OF",
    "隶属于（上级区域或上级组织）",
    "Lies in the next larger area, or is subordinate to a superior organization",
    (
        ("Building", "Grid"),
        ("Building", "Community"),
        ("Grid", "Community"),
        ("Community", "Street"),
        ("Street", "District"),
        ("Organization", "Organization"),
        ("Programme", "Programme"),
        ("Resource", "Resource"),
        ("Resource", "Programme"),
        ("Activity", "Programme"),
        ("Organization", "Programme"),
        ("Grid", "Programme"),
    ),
)
RESPONSIBLE_FOR = _edge(
    "RESPONSIBLE_FOR",
    "负责",
    "Is responsible for an area, directs a body, or answers for a need or a project",
    (
        *_to_areas("Organization"),
        ("Organization", "Building"),
        ("Organization", "Programme"),
        ("Organization", "Need"),
        ("Organization", "Project"),
        ("Unit", "Project"),
    ),
)
MEMBER_OF = _edge(
    "MEMBER_OF",
    "所属（组织或单位）",
    "Belongs to an organization or a unit",
    (("Member", "Organization"), ("Member", "Unit"), ("Member", "Programme")),
    string("role", "角色", "Role held", "member", "secretary", "leader", "staff", "reserve", "volunteer"),
)
SITS_ON = _edge(
    "SITS_ON",
    "任职或派驻于（委员席位）",
    "Holds a seat on a body",
    (("Member", "Organization"), ("Unit", "Organization")),
    string(
        "role",
        "席位",
        "Seat held: part-time committee member, member of a street's or community's joint committee",
        "part-time-committee-member",
        "joint-working-committee-member",
        "joint-party-committee-member",
    ),
)
ASSIGNED_TO = _edge(
    "ASSIGNED_TO",
    "派驻于（网格或社区）",
    "Works for a grid or a community",
    (("Member", "Grid"), ("Member", "Community")),
    string("role", "角色", "Role held", "full-time", "professional", "mediator", "volunteer", required=True),
    string("profession", "职业", "Profession", *PROFESSIONS),
)
PAIRED_WITH = _edge(
    "PAIRED_WITH",
    "结对共建",
    "Supports a grid or a community by a pairing",
    (("Unit", "Grid"), ("Unit", "Community")),
    string("programme", "所属机制编号", "Id of the programme under which it pairs"),
    strings("services", "承担的服务代码", "Codes of the services it undertakes"),
    integer("capacity_used", "占用的结对能力", "Share of the unit's pairing capacity that it uses"),
)
OFFERS = _edge(
    "OFFERS",
    "提供（资源）",
    "Makes a resource available",
    (("Unit", "Resource"), ("Organization", "Resource"), ("Member", "Resource")),
    integer("capacity", "提供的能力", "Capacity offered, in the resource's unit"),
    string("schedule", "时段", "When it is offered"),
    string("terms", "条件", "Terms on which it is offered"),
)
PROVIDES = _edge(
    "PROVIDES",
    "提供（服务）",
    "Gives a kind of service",
    (("Resource", "Service"), ("Organization", "Service"), ("Programme", "Service")),
)
SERVES = _edge(
    "SERVES",
    "服务于（区域）",
    "Serves the people of an area",
    _to_areas("Resource", "Organization"),
    string("group", "服务对象", "Group of people served", "everyone", "elders", "children", "disabled", "families"),
)
LOCATED_IN = _edge(
    "LOCATED_IN",
    "位于",
    "Is located in an area",
    (
        *_to_areas("Unit", "Organization", "Resource", "Activity"),
        ("Member", "Community"),
        ("Resource", "Building"),
        ("Organization", "Building"),
    ),
)
RAISED_BY = _edge("RAISED_BY", "提出自（区域）", "Was raised by the people of an area", _to_areas("Need"))
FOR = _edge(
    "FOR",
    "针对（服务）",
    "Asks for a kind of service, or is meant for a need",
    (("Need", "Service"), ("Project", "Service"), ("Project", "Need")),
)
MET_BY = _edge("MET_BY", "由……满足", "Is met by", (("Need", "Resource"), ("Need", "Unit"), ("Need", "Project")))
RAISED_IN = _edge(
    "RAISED_IN",
    "发生于（网格）",
    "Was raised in a grid or community",
    (("Case", "Grid"), ("Case", "Community"), ("Case", "Street"), ("Case", "District")),
)
DISPATCHED_TO = _edge(
    "DISPATCHED_TO",
    "派给",
    "Was dispatched to",
    (("Case", "Unit"), ("Case", "Organization"), ("Case", "Member")),
    date("dispatched_on", "派单日期", "Day of dispatch"),
    date("answer_by", "接单期限", "Day by which it should be accepted or refused"),
    date("accepted_on", "接单日期", "Day of acceptance"),
    date("closed_on", "办结日期", "Day of closing"),
    string("outcome", "结果", "Outcome", "solved", "refused", "recalled", "open"),
    string("refusal", "拒绝原因", "Why it was refused"),
)
STEP_OF = _edge("STEP_OF", "属于（问题）", "Was taken with the case", (("CaseStep", "Case"),), dated=False)
HELD_BY = _edge(
    "HELD_BY", "主办方", "Was held by", (("Activity", "Unit"), ("Activity", "Organization"), ("Activity", "District"))
)
HELD_IN = _edge(
    "HELD_IN", "举办地", "Was held in an area or at a resource", (*_to_areas("Activity"), ("Activity", "Resource"))
)
ATTENDED_BY = _edge(
    "ATTENDED_BY",
    "参加者",
    "Was attended by",
    (("Activity", "Member"), ("Activity", "Unit"), ("Activity", "Organization")),
)
STATED_IN = _edge(
    "STATED_IN",
    "出自",
    "Is stated in a source",
    (("Entity", "Source"),),
    string("fact", "事实编号", "Number of the fact in the source's register"),
    string("phrase", "原文短语", "Short phrase of the source"),
    dated=False,
)
ABOUT = _edge("ABOUT", "关于", "Speaks about an entity", (("Claim", "Entity"), ("Source", "Entity")), dated=False)
COMPLETE_FOR = _edge(
    "COMPLETE_FOR",
    "对该区域完整",
    "Lists every fact of its kind for the area, from one day on",
    (("Ledger", "District"), ("Ledger", "Street"), ("Ledger", "Community"), ("Ledger", "Grid")),
)
CHANGES = _edge("CHANGES", "变更内容", "Holds an edit", (("Plan", "Change"),), dated=False)
SUPERSEDED = _edge(
    "SUPERSEDED",
    "已被更正的关系",
    "Relationship that the graph no longer believes, kept as it was",
    (("Entity", "Entity"),),
    string("was", "原关系类型", "Type that it had", required=True),
    datetime("superseded_at", "被更正的时刻（UTC）", "Moment when the graph stopped believing it (UTC)"),
    string(
        "superseded_by",
        "更正它的变更组编号",
        "Id of the group of changes that superseded it",
        privacy=Privacy.INTERNAL,
    ),
)

RELATIONSHIPS = (
    PART_OF,
    RESPONSIBLE_FOR,
    MEMBER_OF,
    SITS_ON,
    ASSIGNED_TO,
    PAIRED_WITH,
    OFFERS,
    PROVIDES,
    SERVES,
    LOCATED_IN,
    RAISED_BY,
    FOR,
    MET_BY,
    RAISED_IN,
    DISPATCHED_TO,
    STEP_OF,
    HELD_BY,
    HELD_IN,
    ATTENDED_BY,
    STATED_IN,
    ABOUT,
    COMPLETE_FOR,
    CHANGES,
    SUPERSEDED,
)
SETS = (
    RelationshipSet("AREA", Text("区域层级", "The area hierarchy"), ("PART_OF",)),
    RelationshipSet(
        "CHAIN", Text("五级组织链", "The five-level chain of party organizations"), ("PART_OF", "RESPONSIBLE_FOR")
    ),
    RelationshipSet("MEMBERSHIP", Text("隶属与席位", "Memberships and seats"), ("MEMBER_OF", "SITS_ON")),
    RelationshipSet("ROLE", Text("成员的角色", "Roles that a member holds"), ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO")),
    RelationshipSet(
        "SUPPORT",
        Text("帮助抵达网格的途径", "How help reaches an area"),
        ("RESPONSIBLE_FOR", "ASSIGNED_TO", "PAIRED_WITH", "OFFERS", "SERVES"),
    ),
    RelationshipSet(
        "EVIDENCE",
        Text(
            "判断区域覆盖的依据",
            "What decides whether an area is covered: who reaches it, and which ledgers are complete for it",
        ),
        ("RESPONSIBLE_FOR", "ASSIGNED_TO", "PAIRED_WITH", "SERVES", "COMPLETE_FOR"),
    ),
    RelationshipSet("SPOT", Text("资源服务或所在之处", "Where a resource serves or lies"), ("SERVES", "LOCATED_IN")),
    RelationshipSet(
        "PLACED",
        Text("属于某一区域的组织、单位与资源", "Who is responsible for an area, serves it or lies in it"),
        ("RESPONSIBLE_FOR", "SERVES", "LOCATED_IN"),
    ),
    RelationshipSet(
        "GATHERING", Text("活动的主办方与举办地", "By whom and where an activity is held"), ("HELD_BY", "HELD_IN")
    ),
    RelationshipSet(
        "CONNECTION",
        Text(
            "成员与单位之间可解释的联系",
            "Links between members and units that explain something; without Service, whose hub links all to all",
        ),
        ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO", "PAIRED_WITH", "RESPONSIBLE_FOR", "OFFERS", "SERVES", "PART_OF"),
    ),
    RelationshipSet(
        "NETWORK",
        Text("任意两个实体之间的联系", "Links between any two entities"),
        (
            "PART_OF",
            "RESPONSIBLE_FOR",
            "MEMBER_OF",
            "SITS_ON",
            "ASSIGNED_TO",
            "PAIRED_WITH",
            "OFFERS",
            "SERVES",
            "LOCATED_IN",
        ),
    ),
    RelationshipSet(
        "DRAWN",
        Text("图中画出的联系", "Links that a view draws between the things that it shows"),
        (
            "PART_OF",
            "RESPONSIBLE_FOR",
            "MEMBER_OF",
            "SITS_ON",
            "ASSIGNED_TO",
            "PAIRED_WITH",
            "OFFERS",
            "PROVIDES",
            "SERVES",
            "LOCATED_IN",
            "RAISED_BY",
            "FOR",
            "MET_BY",
            "RAISED_IN",
            "DISPATCHED_TO",
            "STEP_OF",
            "HELD_BY",
            "HELD_IN",
            "ATTENDED_BY",
            "STATED_IN",
            "ABOUT",
            "COMPLETE_FOR",
        ),
    ),
)
