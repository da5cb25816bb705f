"""Notices as feeds: Atom (RFC 4287) and JSON Feed 1.1. A notice is an entry once and never changes.

References
----------
RFC 4287, https://www.rfc-editor.org/rfc/rfc4287; JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from govnet_graph.cases.watches.model import Notice, Watch
from govnet_graph.cases.watches.questions import shown_rows
from govnet_graph.schema import Text

_ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_WORDS = {
    "appeared": Text("新增", "appeared"),
    "vanished": Text("消失", "vanished"),
    "changed": Text("变为", "is now"),
}


def moment(seconds: float) -> str:
    """A Unix moment in UTC, as RFC 3339 writes it."""
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC).isoformat().replace("+00:00", "Z")


def _of(text: Text, language: str) -> str:
    return text.en if language == "en" else text.zh


def summary(notice: Notice, language: str) -> str:
    """What a notice tells, in lines of plain text: a line a row, with the names of what it is about and never of members."""
    lines = [f"{_of(_WORDS[what], language)}: {_row(row)}" for what, row in shown_rows(notice.data)]
    if notice.data.get("detail"):
        lines.append(str(notice.data["detail"]))
    if notice.data.get("truncated"):
        lines.append("…")
    return "\n".join(lines)


def _row(row: Any) -> str:
    """A row in words: its entities by name, its short values as they are."""
    parts = []
    for value in row.values():
        if isinstance(value, dict) and "id" in value:
            parts.append(f"{value.get('name') or value['id']}")
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            parts.append(str(value))
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            parts.append("、".join(value))
    return " · ".join(parts)


def atom(watch: Watch, title: Text, notices: Sequence[Notice], address: str, language: str) -> bytes:
    """An Atom feed of a watch; ``address`` is that of the watch in the API."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en" if language == "en" else "zh-CN"})
    updated = notices[0].created if notices else watch.created
    for name, text in (("id", f"urn:govnet:{watch.id}"), ("title", _of(title, language)), ("updated", moment(updated))):
        SubElement(feed, name).text = text
    SubElement(SubElement(feed, "author"), "name").text = "govnet"
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}/feed.atom"})
    for notice in notices:
        entry = SubElement(feed, "entry")
        said = _of(notice.title, language)
        for name, text in (("id", f"urn:govnet:{notice.id}"), ("title", said), ("updated", moment(notice.created))):
            SubElement(entry, name).text = _printable(text)
        SubElement(entry, "link", {"rel": "alternate", "type": "application/json", "href": f"{address}/notices"})
        SubElement(entry, "content", {"type": "text"}).text = _printable(summary(notice, language))
    body: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )


def json_feed(watch: Watch, title: Text, notices: Sequence[Notice], address: str, language: str) -> dict[str, Any]:
    """The same as a JSON Feed; each item holds what the webhook holds, in the extension ``_govnet``."""
    return {
        "version": JSON_FEED,
        "title": _of(title, language),
        "feed_url": f"{address}/feed.json",
        "language": "en" if language == "en" else "zh-CN",
        "items": [
            {
                "id": notice.id,
                "title": _of(notice.title, language),
                "content_text": summary(notice, language) or _of(notice.title, language),
                "date_published": moment(notice.created),
                "url": f"{address}/notices",
                "_govnet": {
                    "about": "https://www.jsonfeed.org/version/1.1/#extensions",
                    "type": notice.type,
                    "watch": watch.id,
                    **notice.data,
                },
            }
            for notice in notices
        ],
    }
