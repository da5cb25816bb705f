"""Properties that several labels or relationship types share: identity, time, provenance, honesty."""

from __future__ import annotations

from govnet_graph.schema.model import NodeType, Privacy, Property, Text, ValueType


def string(
    name: str, zh: str, en: str, *values: str, required: bool = False, privacy: Privacy = Privacy.PUBLIC
) -> Property:
    """A string property; ``values`` closes the list of what it may hold."""
    return Property(name, ValueType.STRING, Text(zh, en), privacy, values, required)


def strings(name: str, zh: str, en: str, *, privacy: Privacy = Privacy.PUBLIC) -> Property:
    """A list of strings."""
    return Property(name, ValueType.STRINGS, Text(zh, en), privacy)


def integer(
    name: str, zh: str, en: str, *, minimum: float | None = 0, required: bool = False, privacy: Privacy = Privacy.PUBLIC
) -> Property:
    """An integer property, not negative unless ``minimum`` says otherwise."""
    return Property(name, ValueType.INTEGER, Text(zh, en), privacy, (), required, minimum)


def number(name: str, zh: str, en: str, *, privacy: Privacy = Privacy.PUBLIC) -> Property:
    """A property that is any number."""
    return Property(name, ValueType.FLOAT, Text(zh, en), privacy)


def boolean(name: str, zh: str, en: str, *, privacy: Privacy = Privacy.PUBLIC) -> Property:
    """A property that is true or false."""
    return Property(name, ValueType.BOOLEAN, Text(zh, en), privacy)


def date(name: str, zh: str, en: str, *, privacy: Privacy = Privacy.PUBLIC) -> Property:
    """A calendar day."""
    return Property(name, ValueType.DATE, Text(zh, en), privacy)


def datetime(name: str, zh: str, en: str) -> Property:
    """A moment in UTC, stored without a zone because one engine drops it."""
    return Property(name, ValueType.DATETIME, Text(zh, en), Privacy.INTERNAL)


ID = string("id", "唯一且稳定的编号", "Unique and stable identifier", required=True)
SINCE = date("since", "起始日（含），空表示不明", "First day it holds (inclusive); null where unknown")
UNTIL = date(
    "until",
    "终止日（不含），空表示仍有效或不明",
    "First day it no longer holds (exclusive); null where open or unknown",
)

PROVENANCE = (
    string("source", "依据的来源编号", "Id of the Source that it rests on", required=True),
    string(
        "source_ref",
        "来源中的位置：文章的行与偏移、表行或单元格",
        "Place in the source: article line:offset, a table's row, or a sheet's cell",
    ),
    boolean("synthetic", "是否为演示而生成的数据", "Whether it was generated for demonstration"),
    boolean("inferred", "是否为推断而非来源明说", "Whether it was inferred rather than stated"),
    string("note", "说明", "Remark: why it was inferred, or what is doubtful"),
)
RECORDED = (
    datetime("recorded_at", "记入图谱的时刻（UTC）", "Moment when the graph came to hold it (UTC)"),
    string("change", "记入它的变更组编号", "Id of the group of changes that recorded it", privacy=Privacy.INTERNAL),
    # Not part of what the record says: a ledger that confirms it changes nothing, so it is no difference and no history.
    date(
        "confirmed_on",
        "台账最近一次确认它的日期，空表示从未确认",
        "Day of the last ledger that confirmed it; null where none ever did",
    ),
)
NAMED = (
    string("name", "名称", "Display name; Chinese first", required=True),
    string("name_en", "英文名称", "Name in English"),
    strings("aliases", "已知的其他名称", "Other known names"),
    string(
        "search",
        "检索文本：名称、别名、拼音、首字母",
        "Text that search reads: names, aliases, pinyin and initials",
        privacy=Privacy.INTERNAL,
    ),
)
NODE_COMMON = (ID, *NAMED, SINCE, UNTIL, *PROVENANCE, *RECORDED)
EDGE_COMMON = (ID, *PROVENANCE, *RECORDED)
EDGE_DATED = (SINCE, UNTIL)


def node(label: str, zh: str, en: str, *properties: Property, indexed: tuple[str, ...] = ()) -> NodeType:
    """A label whose nodes carry the common properties and these; its name is indexed."""
    return NodeType(label, Text(zh, en), (*NODE_COMMON, *properties), ("name", *indexed))
