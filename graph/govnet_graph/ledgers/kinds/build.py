"""Short ways to write a kind of ledger, and the columns and roles that several share."""

from __future__ import annotations

from dataclasses import replace

from govnet_graph.ledgers.terms import Form, LedgerColumn, LedgerKind, RowEdge, RowNode, Target
from govnet_graph.ledgers.words import WORDS
from govnet_graph.schema import Text, ValueType


def _target(path: str) -> Target:
    role, _, name = path.partition(".")
    return Target(role, name)


def col(
    key: str,
    zh: str,
    en: str,
    target: str,
    synonyms: str,
    *,
    required: bool = False,
    form: Form = Form.PLAIN,
    strings: bool = False,
) -> LedgerColumn:
    """A column for a property, ``role.property``; synonyms are parted by spaces. Its type comes from the schema."""
    type_ = ValueType.STRINGS if strings else ValueType.STRING
    return LedgerColumn(key, Text(zh, en), tuple(synonyms.split()), required, _target(target), form, type_)


def own(
    key: str,
    zh: str,
    en: str,
    synonyms: str,
    *,
    form: Form = Form.PLAIN,
    values: tuple[str, ...] = (),
    target: str = "",
) -> LedgerColumn:
    """A column without a property of the schema; without a target it is read and never kept."""
    type_ = ValueType.STRINGS if form is Form.PHONES else ValueType.STRING
    goal = _target(target) if target else None
    return LedgerColumn(key, Text(zh, en), tuple(synonyms.split()), False, goal, form, type_, values)


AREA_COLUMNS = (
    col(
        "street",
        "街道",
        "Sub-district or town",
        "street.name",
        "所属街道 街道名称 镇街 乡镇 所属乡镇 所在街道 街道(镇) 街镇",
    ),
    col(
        "community",
        "社区",
        "Community or village",
        "community.name",
        "所属社区 社区名称 所在社区 社区(村) 村 所属村 结对社区 社区名",
    ),
    col("grid", "网格", "Grid", "grid.name", "所属网格 网格名称 所在网格 结对网格 包保网格 负责网格 网格名"),
    col(
        "area_code",
        "区域代码",
        "Code of the area",
        "area.code",
        "网格编码 网格编号 网格代码 区划代码 社区编码 社区代码",
        form=Form.AREA_CODE,
    ),
)
AREA_NODES = (
    RowNode("area", ("Grid", "Community", "Street", "District")),
    RowNode("grid", ("Grid",), within="community"),
    RowNode("community", ("Community",), within="street"),
    RowNode("street", ("Street",)),
)
AREA_ENDS = ("area", "grid", "community", "street")
"""The most exact area that a row names: by code, else grid, community, street."""

PERSON_MARKS = (
    own("phones", "联系电话", "Telephone", "电话 手机 联系方式 手机号 手机号码 电话号码", form=Form.PHONES),
    own("id_number", "身份证号", "Identity number", "身份证号码 身份证 公民身份号码", form=Form.ID_NUMBER),
)
"""Marks that tell two people of one name apart. They are read and checked, handed on, and never kept."""

UNIT_NODE = RowNode("unit", ("Unit",))
ORGANIZATION_NODE = RowNode("organization", ("Organization",))
SERVICE_NODE = RowNode("services", ("Service",))


def kind(
    id_: str,
    zh: str,
    en: str,
    names: str,
    columns: tuple[LedgerColumn, ...],
    nodes: tuple[RowNode, ...],
    edges: tuple[RowEdge, ...],
) -> LedgerKind:
    """A kind whose columns have taken type, values and meaning from the schema."""
    draft = LedgerKind(id_, Text(zh, en), columns, nodes, edges, tuple(names.split()))
    return replace(draft, columns=tuple(_typed(draft, column) for column in columns))


def _typed(kind_: LedgerKind, column: LedgerColumn) -> LedgerColumn:
    if column.target is None or column.target.property.startswith("@"):
        return column
    found = kind_.property_of(column.target)
    if not found:
        raise ValueError(f"{kind_.id}.{column.key} leads to {column.target}, which the schema does not have")
    first = found[0]
    type_ = ValueType.STRINGS if column.type is ValueType.STRINGS else first.type
    refers = any(node.role == column.target.role and not node.stated for node in kind_.nodes)
    owner = next((n.labels[0] for n in kind_.nodes if n.role == column.target.role), "")
    owner = owner or next((e.type for e in kind_.edges if e.role == column.target.role), "")
    # A list that a district edits is open in the schema; a ledger still names its entries by the words for them.
    values = first.values or tuple(WORDS.get((owner, first.name), ()))
    return replace(
        column, type=type_, values=values, minimum=first.minimum, properties=found, refers=refers, owner=owner
    )
