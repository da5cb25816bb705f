"""The words of the agenda, in both languages: its titles, and what codes in its cells mean."""

from __future__ import annotations

from govnet_graph.schema import Text

TITLE = Text("{area}联席会议议题（{month}）", "Joint meeting of {area}: agenda for {month}")
ABOUT = Text(
    "截至 {as_of}，数据版本 {version}。姓名不显示，成员以职务称呼。",
    "As of {as_of}, data version {version}. Names are masked: members are named by their role.",
)
SYNTHETIC = Text(
    "含演示数据：标有 * 的行不是真实情况。", "Holds data generated for demonstration: rows marked * are not real."
)
COUNT = Text("共 {count} 项", "{count} in all")
SHOWN = Text("以下列出前 {shown} 项", "the first {shown} follow")
EMPTY = Text("本次没有这类事项。", "Nothing of this kind this time.")
MORE = Text("{names} 等 {count} 个", "{names} and {count} in all")
TOTAL_NOTE = Text(
    "由问题 {question}（{parameters}）算得，截至 {as_of}，数据版本 {version}{behind}。",
    "Counted by the question {question} ({parameters}) as of {as_of}, data version {version}{behind}.",
)
BEHIND = Text("；所依据的记录出自：{sources}", "; the records behind it come from: {sources}")
ROW_NOTE = Text("{source},{ref}", "{source}, {ref}")
NO_SOURCE = Text("来源未注明", "no source stated")
MADE = Text("（演示数据）", " (generated for demonstration)")

SECTIONS = {
    "unmet": Text("未满足的需求", "Unmet needs"),
    "lapsed": Text("曾满足而帮助已终止的需求", "Needs whose help has ended"),
    "cases": Text("超期和被拒办的问题", "Late and refused cases"),
    "idle": Text("闲置或可能闲置的资源", "Resources that are idle or may be"),
    "night": Text(
        "夜间（22 时）按开放时间可用而未用的停车场",
        "Parking that is open at night (22:00) by its schedule and not used",
    ),
    "pairings": Text("{days} 天内到期的结对", "Pairings that end within {days} days"),
    "projects": Text("逾期未完成的项目", "Projects past their day"),
    "recurring": Text(
        "近一年反复出现、又未达到配置要求的服务",
        "Services that are asked for again and again and not there, in the last year",
    ),
}

#: What a code says to a reader.
CODES = {
    "late": Text("超期", "late"),
    "refused": Text("被拒办", "refused"),
    "idle": Text("闲置", "idle"),
    "unknown": Text("未知（台账不全）", "unknown (ledger missing)"),
    "uncovered": Text("未覆盖", "uncovered"),
    "serves-no-area": Text("未服务任何区域", "serves no area"),
    "provides-no-service": Text("未提供服务", "provides no service"),
    "capacity-unused": Text("能力未用", "capacity unused"),
    "open": Text("未满足", "open"),
    "lapsed": Text("帮助已终止", "lapsed"),
    "planned": Text("计划", "planned"),
    "running": Text("在建", "running"),
    "full-time-worker": Text("专职网格员", "full-time workers"),
    "demonstration": Text("示范点", "demonstration points"),
    "forum": Text("议事会", "forums"),
    "volunteer-team": Text("志愿队", "volunteer teams"),
    "resident": Text("居民", "residents"),
    "centre": Text("党群服务中心", "centre"),
    "station": Text("服务站", "station"),
    "service-point": Text("服务点", "service point"),
    "canteen": Text("食堂", "canteen"),
    "park": Text("公园", "park"),
    "hall": Text("会堂", "hall"),
    "parking": Text("停车场", "parking"),
    "classroom": Text("课堂", "classroom"),
    "shelter": Text("驿站", "shelter"),
    "documentary": Text("纪录片", "documentary"),
    "workshop": Text("工坊", "workshop"),
    "base": Text("基地", "base"),
    "true": Text("是", "yes"),
    "false": Text("否", "no"),
}
