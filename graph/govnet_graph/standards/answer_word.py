"""A question's answer as a Word document in one language: names where a workbook has ids beside them, codes in words."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from govnet_graph.documents import Document, Row, Section, cell, filled, plain, write
from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.words import terms
from govnet_graph.questions import Column, Shape
from govnet_graph.schema import Text

if TYPE_CHECKING:
    from govnet_graph.standards.answers import Told

_STATES = {"covered": Text("已覆盖", "covered"), "uncovered": Text("缺口", "gap"), "unknown": Text("未知", "unknown")}
_LEVELS = {
    "District": Text("区", "district"),
    "Street": Text("街道", "street"),
    "Community": Text("社区", "community"),
    "Grid": Text("网格", "grid"),
    "Building": Text("楼栋", "building"),
}
_LEDGERS = {kind.id: kind.text for kind in KINDS.values()}
_FLAGS = {True: Text("是", "yes"), False: Text("否", "no")}
_ABOUT = Text(
    "问题 {question}，截至 {as_of}，数据版本 {version}，共 {rows} 行{more}。",
    "Question {question} as of {as_of}, data version {version}, {rows} rows{more}.",
)
_MORE = Text("；之后还有", "; more rows follow")
_GIVEN = Text("条件：{given}。", "Asked with: {given}.")
_SYNTHETIC = Text(
    "标有 * 的行涉及为演示而生成的数据，不反映真实情况。",
    "Rows marked * are about data generated for demonstration; they are not real.",
)
_EMPTY = Text("没有符合条件的行。", "No row matches.")
_SOME = 3


def write_docx(answer: Told, out: IO[bytes]) -> None:
    """The rows as one table across the page, with what was asked before it."""
    out.write(write(_document(answer), "docx", answer.lang))


def _document(told: Told) -> Document:
    answer = told.answer
    question = answer.question
    given = ", ".join(f"{name}={_said(value)}" for name, value in answer.parameters.items() if _is_asked(name, value))
    rows = tuple(
        Row("", tuple(_cell(column, value) for column, value in zip(question.columns, row, strict=True)), 0, made)
        for row, made in ((row, told.is_synthetic(row)) for row in told.rows())
    )
    about = [
        filled(
            _ABOUT, question=question.id, as_of=answer.as_of, version=answer.data_version, rows=len(rows),
            more=_MORE if answer.more else "",
        ),
        *([filled(_GIVEN, given=given)] if given else []),
    ]  # fmt: skip
    section = Section("answer", question.grain, (), tuple(column.heading for column in question.columns), rows, _EMPTY)
    marked = [_SYNTHETIC] if any(row.synthetic for row in rows) else []
    return Document(question.text, (*about, *marked), (section,), (), answer.as_of, wide=True)


def _is_asked(name: str, value: object) -> bool:
    return value is not None and name not in ("skip", "limit", "as_of")


def _said(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _cell(column: Column, value: Any) -> Text | None:
    """One value in words; a list shows its first few."""
    match column.type:
        case _ if value is None:
            return None
        case Shape.ENTITY:
            return plain(value.get("name") or value["id"])
        case Shape.ENTITIES:
            return _some([plain(item.get("name") or item["id"]) for item in value])
        case Shape.STRINGS:
            return _some([terms().get(item, plain(item)) for item in value if item])
        case Shape.STATE:
            return _STATES.get(value, plain(value))
        case Shape.BOOLEAN:
            return _FLAGS[value]
        case Shape.PATH:
            return cell(" – ".join(node.get("name") or node["id"] for node in value["nodes"]))
        case Shape.MAPS:
            return Text(f"{len(value)} 项", f"{len(value)} items")
        case Shape.MAP:
            return cell(value.get("name") or value.get("id"))
        case _ if column.name == "ledger":
            return _LEDGERS.get(value, plain(value))
        case _ if column.name == "level":
            return _LEVELS.get(value, plain(value))
        case Shape.STRING:
            return terms().get(value, plain(value))
    return cell(value)


def _some(texts: list[Text]) -> Text | None:
    if not texts:
        return None
    more = len(texts) - _SOME
    zh, en = "、".join(t.zh for t in texts[:_SOME]), ", ".join(t.en for t in texts[:_SOME])
    return Text(f"{zh} 等 {len(texts)} 个", f"{en} and {more} more") if more > 0 else Text(zh, en)
