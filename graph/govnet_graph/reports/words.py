"""The words of reports, in both languages."""

from __future__ import annotations

from govnet_graph.reports.model import Audience
from govnet_graph.schema import Text

TITLE = Text("{area}基层治理覆盖情况汇报（{first} 至 {last}）", "{area}: report on coverage, {first} to {last}")
FOR = {
    Audience.LEADERS: Text("供领导参阅：数字、最要紧的缺口与方案。", "For leaders: the figures, the most urgent gaps and the plans."),
    Audience.JOINT_MEETING: Text("供联席会议使用：全部缺口、变化与方案。", "For the joint meeting: every gap, every change and the plans."),
    Audience.STREET: Text(
        "供街道使用：全部缺口与变化，以及每一项因缺台账而未知的判断。",
        "For streets: every gap and change, and each judgement that is unknown for want of a ledger.",
    ),
    Audience.PUBLIC: Text(
        "对外公开：不含姓名、内部信息与逐项清单；小于 {least} 的数不显示，可由合计推出的数也不显示。",
        "For the public: no names, nothing internal and no single items; counts below {least} are withheld, and others where they would follow.",
    ),
}  # fmt: skip
ABOUT = Text(
    "情况截至 {last}，与 {first} 比较；数据版本 {version}。成员姓名不出现在汇报中。",
    "The situation on {last}, compared with {first}; data version {version}. No member is named.",
)
THREE = Text(
    "“缺口”是台账完整而确实没有；“未知”是缺少能判定的台账，不是缺口。",
    "A gap is certain: the ledger is complete and names nobody. Unknown means that the ledger that would settle it is missing; it is no gap.",
)
SYNTHETIC = Text(
    "本汇报依据的图谱含演示数据：标有 * 的事物由程序生成，数字不反映真实情况。",
    "This report rests on data generated for demonstration: what is marked * is not real, and the figures say nothing about the real district.",
)

SECTIONS = {
    "coverage": Text("覆盖情况", "Coverage"),
    "streets": Text("各街道", "By street"),
    "changes": Text("本期变化", "What changed"),
    "judged": Text("判断改变的区域与要求", "Areas and requirements that are judged otherwise"),
    "pairings": Text("结对的开始与终止", "Pairings that began or ended"),
    "gaps": Text("现有缺口", "Open gaps"),
    "ledgers": Text("未知的判断与能消除未知的台账", "What is unknown, and which ledger would settle it"),
    "unknown": Text("逐项未知", "Each judgement that is unknown"),
    "plans": Text("方案", "Plans"),
    "certificate": Text("覆盖证明", "Coverage certificate"),
}

STREET = Text("街道", "Street")
AREA = Text("区域", "Area")
REQUIREMENT = Text("要求", "Requirement")
COVERED = Text("已覆盖", "Covered")
UNCOVERED = Text("缺口", "Gaps")
UNKNOWN = Text("未知", "Unknown")
TOTAL = Text("适用区域", "Areas")
JUDGEMENTS = Text("判断数", "Judgements")
SINCE = Text("已覆盖较期初", "Covered since the first day")
BEFORE, AFTER = Text("期初", "First day"), Text("期末", "Last day")
DAY = Text("日期", "Day")
CHANGE = Text("变化", "Change")
UNIT = Text("单位", "Unit")
SERVICES = Text("承担的服务", "Services")
WHY = Text("原因", "Why")
CLOSE = Text("怎样消除", "What would close it")
PRIORITY = Text("优先级", "Priority")
LEDGER = Text("台账", "Ledger")
AREAS = Text("涉及区域", "Areas concerned")
PLAN = Text("方案", "Plan")
STATE = Text("状态", "State")
FROM_DAY = Text("生效日期", "Holds from")
CHANGES = Text("改变什么", "What it changes")
HASH = Text("证明散列值（SHA-256）", "Certificate's hash (SHA-256)")

STATES = {"covered": Text("已覆盖", "covered"), "uncovered": Text("缺口", "gap"), "unknown": Text("未知", "unknown")}
NOT_JUDGED = Text("未判断", "not judged")
WITHHELD = Text("不显示", "withheld")
BEGAN, ENDED = Text("开始", "began"), Text("终止", "ended")

LEFT_OUT = Text(
    "另有 {count} 行因数量过小而不显示。", "{count} more rows are withheld, because a count is small or would follow."
)
BY_STREET = Text("分别列出已覆盖、缺口与未知。", "Covered, gaps and unknown stand apart.")
SUMS = Text(
    "{areas} 个区域、{needs} 项要求，共 {total} 项判断：已覆盖 {covered}，缺口 {uncovered}，未知 {unknown}。",
    "{total} judgements on {areas} areas and {needs} requirements: {covered} covered, {uncovered} gaps, {unknown} unknown.",
)
NO_SUMS = Text(
    "{areas} 个区域、{needs} 项要求，共 {total} 项判断。",
    "{total} judgements on {areas} areas and {needs} requirements.",
)
GAINED = Text("新获覆盖：{count}", "Newly covered: {count}")
LOST = Text("失去覆盖：{count}", "No longer covered: {count}")
SETTLED = Text("由未知判定为缺口：{count}", "Settled as gaps that were unknown: {count}")
CLOUDED = Text("由缺口变为未知：{count}", "Gaps that are unknown now: {count}")
NEWLY = Text("新增判断：{count}", "Judged for the first time: {count}")
PAIRED = Text("结对开始：{count}", "Pairings that began: {count}")
UNPAIRED = Text("结对终止：{count}", "Pairings that ended: {count}")
FIRST_OF = Text(
    "共 {count} 项，以下为每个街道最要紧的至多 {most} 项。",
    "{count} in all; the most urgent of each street follow, {most} at most.",
)
ALL_OF = Text("共 {count} 项，按街道和紧要程度排列。", "{count} in all, by street and urgency.")
SOME_OF = Text(
    "共 {count} 项，以下为前 {most} 项，失去覆盖的在前。",
    "{count} in all; the first {most} follow, those that are no longer covered first.",
)
COUNT = Text("共 {count} 项。", "{count} in all.")
NONE_CHANGED = Text("本期没有变化。", "Nothing changed in the period.")
NONE_OPEN = Text("没有确定的缺口。", "There is no certain gap.")
NONE_UNKNOWN = Text("没有未知的判断。", "Nothing is unknown.")
NONE_JUDGED = Text("没有适用的要求。", "No requirement applies.")
NONE_PLANNED = Text("没有在拟、已批准或已执行的方案。", "No plan is open, approved or applied.")
NONE_CERTIFIED = Text(
    "没有可由结对满足的要求，无从出具证书。", "No requirement can be met by pairings, so there is nothing to certify."
)

GAP_WHY = Text(
    "{ledger}完整，现有 {have} 个，需要 {minimum} 个",
    "the ledger “{ledger}” is complete; there are {have} of {minimum}",
)
UNKNOWN_WHY = Text(
    "{ledger}不完整，现知 {have} 个，需要 {minimum} 个",
    "the ledger “{ledger}” is not complete; {have} of {minimum} are known",
)
GAP_CLOSE = Text("再有 {count} 个{what}", "{count} more: {what}")
UNKNOWN_CLOSE = Text("补齐{ledger}", "hand in the ledger “{ledger}”")
EVIDENCE = {
    "pairing": Text("结对单位", "paired unit"),
    "service": Text("能提供该服务的一方", "provider of the service"),
    "worker": Text("工作人员", "worker"),
    "resource": Text("设施或阵地", "facility"),
    "chain": Text("党组织", "party organization"),
}
PROVIDER = Text("提供方", "provider")
PLAN_STATES = {
    "open": Text("待批准", "open"),
    "approved": Text("已批准", "approved"),
    "applied": Text("已执行", "applied"),
}
OPERATIONS = {
    "create": Text("结对", "pair"),
    "end": Text("终止结对", "end the pairing"),
    "supersede": Text("调整结对", "change the pairing"),
}
COUNTED = Text(
    "开始 {begin} 个、终止 {end} 个、调整 {change} 个结对", "{begin} pairings begin, {end} end, {change} change"
)
NO_DETAIL = Text("单位与社区、网格的结对", "pairings of units with communities and grids")
ONE_CHANGE = Text("{operation}:{unit} 与 {area}", "{operation}: {unit} and {area}")

VERDICT = {
    "met": Text("可以全部满足", "everything can be met"),
    "deficient": Text("无法全部满足", "not everything can be met"),
    "open": Text("尚不能断定", "it cannot be decided yet"),
}
VERDICT_LINE = Text("结论：{verdict}。", "Verdict: {verdict}.")
SEAL = Text("证明散列值（SHA-256）：{seal}", "The certificate's hash (SHA-256): {seal}")
SNAPSHOT = Text(
    "所依据快照的散列值（SHA-256）：{snapshot}", "Hash of the snapshot that it rests on (SHA-256): {snapshot}"
)
CHECK = Text(
    "复核：govnet plan certificate --area {area} --as-of {last} --out 文件，再运行 govnet plan check 文件。",
    "To check it: govnet plan certificate --area {area} --as-of {last} --out FILE, then govnet plan check FILE.",
)

ASKED = Text(
    "由问题 {question}（{parameters}）算得，截至 {as_of}，数据版本 {version}。",
    "Counted by the question {question} ({parameters}) as of {as_of}, data version {version}.",
)
BETWEEN = Text(
    "由问题 {question}（{parameters}）在 {first} 与 {last} 的答案比较而得，数据版本 {version}。",
    "From the answers of the question {question} ({parameters}) on {first} and on {last}, data version {version}.",
)
RULE = Text(
    "{standard}。依据：{evidence}，至少 {minimum} 个；由{ledger}判定，{complete}。",
    "{standard}. Evidence: {evidence}, {minimum} at least; settled by the ledger “{ledger}”, {complete}.",
)
COMPLETE = Text("凡缺少依据之处台账都完整", "which is complete wherever evidence lacks")
INCOMPLETE = Text("该台账在 {count} 个区域不完整", "which is not complete for {count} areas")
PARTLY = Text("该台账在部分区域不完整", "which is not complete everywhere")
NO_STANDARD = Text("未注明标准", "No standard stated")
SOURCE = Text("{source},{ref}", "{source}, {ref}")
NO_SOURCE = Text("来源未注明", "no source stated")
PLANNED = Text(
    "由问题 plans 与 plan-changes 列出：最近的方案，已拒绝、放弃和撤销的除外；数据版本 {version}。",
    "From the questions plans and plan-changes: the newest plans, without those that were refused, given up or taken back; data version {version}.",
)
CERTIFIED = Text(
    "由覆盖证明算得（govnet plan certificate），截至 {last}，数据版本 {version}；可由不含求解代码的检验程序复核。",
    "From the coverage certificate (govnet plan certificate) as of {last}, data version {version}; a checker that shares no code with the solver judges it.",
)
