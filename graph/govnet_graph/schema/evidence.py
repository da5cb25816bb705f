"""What facts rest on and what they are judged by: sources, claims, ledgers, requirements, plans and their changes."""

from __future__ import annotations

from govnet_graph.schema.common import boolean, date, datetime, integer, node, string, strings
from govnet_graph.schema.model import Privacy, Property, Text, ValueType

LEDGER_KINDS = (
    "areas",
    "party-chain",
    "pairings",
    "units",
    "members",
    "workers",
    "reserves",
    "resources",
    "services",
    "cases",
    "activities",
    "needs",
)

EVIDENCE_PREFIXES = ("chain", "pairing", "worker", "service", "resource")

SOURCE = node(
    "Source",
    "来源",
    "Where facts come from: an article, a list, a ledger, a generator, a plan or an edit",
    string(
        "kind",
        "来源种类",
        "Kind of source",
        "article",
        "list",
        "ledger",
        "generator",
        "standard",
        "plan",
        "edit",
        required=True,
    ),
    string("sha256", "原文散列值", "SHA-256 of the source's bytes"),
    string("licence", "许可", "Licence or terms under which it may be used"),
    date("published_on", "发布日期，空表示来源未注明", "Day of publication; null where the source does not say"),
)

CLAIM = node(
    "Claim",
    "指标",
    "Figure or statement that a source makes, checked against the graph",
    string("metric", "对应的图谱统计量代码", "Code of the graph's own count that tests it; absent where nothing could"),
    Property(
        "value", ValueType.FLOAT, Text("数值", "Value, in the claim's unit; null for a statement without a figure")
    ),
    string("bound", "确数还是下限", "Whether the value is exact or a lower bound", "exact", "lower"),
    string("unit", "计量单位", "Unit of the value"),
    string("period", "统计期间（原文用语）", "Period in the source's words"),
    string("fact", "事实编号", "Number of the fact in the source's register"),
    string("ledger", "检验所需台账种类", "Kind of ledger that a test needs", *LEDGER_KINDS),
    string("reason", "不可检验的原因", "Why nothing could test it"),
    string("group", "对照组，同组不可相加", "Group of figures that are never added, because their overlap is unknown"),
    boolean(
        "suppressed",
        "是否因涉及小群体而不显示数值",
        "Whether the value is withheld because it counts a small group of people",
    ),
    indexed=("metric",),
)

LEDGER = node(
    "Ledger",
    "台账",
    "List that somebody keeps for one kind of fact",
    string("kind", "台账种类", "Kind of fact that it lists", *LEDGER_KINDS, required=True),
    string("keeper", "保管单位", "Who keeps it"),
    indexed=("kind",),
)

REQUIREMENT = node(
    "Requirement",
    "配置要求",
    "What an area of one level needs: data that a district edits",
    string("level", "适用的区域层级", "Level of area that needs it", "Grid", "Community", "Street", required=True),
    string(
        "evidence",
        "证据键，如 pairing、worker:police、service:meals",
        "Evidence key, such as pairing, worker:police, service:meals",
        required=True,
    ),
    string(
        "scope",
        "证据所在：本级及以上，或本级及以下",
        "Where evidence counts: on the area or above it, or on it or within it",
        "reach",
        "within",
        required=True,
    ),
    integer("minimum", "至少需要的提供方数", "Smallest number of distinct providers", minimum=1, required=True),
    string("applies", "适用范围", "Which areas of the level it applies to", "all", "demonstration", required=True),
    string("group", "服务对象", "Group it is for", "everyone", "elders", "children", "disabled", "families"),
    string(
        "ledger",
        "缺失即视为未知的台账种类",
        "Kind of ledger whose completeness turns absence into a gap",
        *LEDGER_KINDS,
        required=True,
    ),
    string("standard", "依据的标准", "Standard that it follows", required=True),
    integer("priority", "优先级（1最高）", "Priority, 1 the highest", minimum=1, required=True),
    indexed=("level",),
)

PLAN = node(
    "Plan",
    "方案",
    "Group of changes: a load, an import, an edit or a planner's proposal",
    string("kind", "方案种类", "Kind of plan", "load", "import", "edit", "proposal", required=True),
    string(
        "state",
        "状态",
        "State of the plan",
        "open",
        "approved",
        "applied",
        "refused",
        "discarded",
        "undone",
        required=True,
    ),
    string("author", "提出人", "Who made it", privacy=Privacy.INTERNAL),
    string("reason", "理由", "Why it was made"),
    string("snapshot", "依据的快照散列值", "Hash of the snapshot that it was made against", privacy=Privacy.INTERNAL),
    integer("data_version", "应用后的数据版本", "Data version after it was applied"),
    string(
        "key",
        "内容标识，同一内容只应用一次",
        "Names its content: what was applied is not applied again, what was begun is resumed",
        privacy=Privacy.INTERNAL,
    ),
    string("undoes", "所撤销的方案编号", "Id of the plan that it took back"),
    string("method", "提出方式：所用的计算，或手工", "What proposed it: a kind of result of the planner, or hand"),
    string("area", "所涉区域编号", "Id of the area that it is about"),
    date("effective_on", "生效日期", "Day from which its changes hold, and for which coverage was judged"),
    string("options", "所用选项（JSON）", "Options that it was computed with, as JSON", privacy=Privacy.INTERNAL),
    string("certificate", "覆盖证明的散列值", "SHA-256 of the certificate of the coverage that it leads to"),
    string("revises", "所修订的方案编号", "Id of the plan that it was made from"),
    string("verdict", "批准、拒绝或放弃的理由", "Why it was approved, refused or discarded"),
    string("decided_by", "决定人", "Who approved, refused or discarded it", privacy=Privacy.INTERNAL),
    datetime("decided_at", "决定的时刻（UTC）", "Moment when it was approved, refused or discarded (UTC)"),
    string("applied_by", "执行人", "Who applied it", privacy=Privacy.INTERNAL),
    datetime("proposed_at", "提出的时刻（UTC）", "Moment when it was proposed (UTC)"),
    string(
        "content",
        "方案内容（JSON）：锁定、目标值与所依据的情况",
        "What it holds besides its changes, as JSON: locks, objectives, and the facts that it rests on",
        privacy=Privacy.INTERNAL,
    ),
    indexed=("key", "state", "data_version"),
)

CHANGE = node(
    "Change",
    "变更",
    "One edit of a plan",
    string(
        "operation",
        "操作（新增、修改、终止、更正、确认、撤回）",
        "What it does",
        "create",
        "change",
        "end",
        "supersede",
        "confirm",
        "withdraw",
        required=True,
    ),
    string("kind", "涉及的节点类别或关系类型", "Label or relationship type of what it touches"),
    string("entity", "涉及的节点或关系编号", "Id of the node or relationship that it touches, where it is one"),
    strings("entities", "涉及的多个编号", "Ids of the nodes or relationships that it touches, where they are several"),
    strings("starts", "各关系的起点编号", "Ids of the nodes that these relationships start from, in the same order"),
    string("before", "变更前内容（JSON）", "Properties before it, as JSON", privacy=Privacy.SENSITIVE),
    string("after", "变更后内容（JSON）", "Properties after it, as JSON", privacy=Privacy.SENSITIVE),
    integer("position", "在方案中的次序（1最先）", "Place in its plan, 1 the first", minimum=1),
    string("reason", "理由（中文）", "Why this change, in Chinese"),
    string("reason_en", "理由（英文）", "Why this change, in English"),
    string("next_best", "次优选择的单位编号", "Id of the unit that was the next best choice"),
    string("cost", "改用次优选择的代价（中文）", "What the next best choice would cost, in Chinese"),
    string("cost_en", "改用次优选择的代价（英文）", "What the next best choice would cost, in English"),
    indexed=("entity",),
)
