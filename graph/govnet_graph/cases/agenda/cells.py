"""Values of questions as words of an agenda."""

from __future__ import annotations

from typing import Any

from govnet_graph.cases.agenda import words
from govnet_graph.questions import Shape
from govnet_graph.schema import Text

_MOST = 3


def text_of(value: Any) -> str:
    """A value as text, whatever the language."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _said(code: Any) -> Text:
    text = text_of(code)
    return words.CODES.get(text, Text(text, text))


def _joined(texts: list[Text]) -> Text | None:
    if not texts:
        return None
    some = texts[:_MOST]
    zh, en = "、".join(t.zh for t in some), ", ".join(t.en for t in some)
    if len(texts) <= _MOST:
        return Text(zh, en)
    count = len(texts)
    return Text(words.MORE.zh.format(names=zh, count=count), words.MORE.en.format(names=en, count=count))


def _name(entity: dict[str, Any]) -> Text:
    name = str(entity.get("name") or entity["id"])
    return Text(name, name)


def shown(shape: Shape, value: Any) -> Text | None:
    """One cell; None where there is nothing to say."""
    match shape:
        case _ if value is None:
            return None
        case Shape.ENTITY:
            return _name(value)
        case Shape.ENTITIES:
            return _joined([_name(item) for item in value])
        case Shape.STRINGS:
            return _joined([_said(item) for item in value])
        case Shape.MAPS:
            return _joined([_pair(item) for item in value])
        case Shape.STRING | Shape.STATE | Shape.BOOLEAN:
            return _said(value)
        case _:
            return Text(text_of(value), text_of(value))


def _pair(item: dict[str, Any]) -> Text:
    """A channel with its cases; each stands for itself and none is added to another."""
    channel = _said(item["channel"])
    return Text(f"{channel.zh} {item['cases']}", f"{channel.en} {item['cases']}")
