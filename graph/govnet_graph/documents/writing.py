"""A document in a form and a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol, TypeVar

import orjson

from govnet_graph.documents.html import write_html
from govnet_graph.documents.model import Document
from govnet_graph.documents.word import write_docx
from govnet_graph.documents.workbook import write_xlsx


class Told(Protocol):
    """What can be told as plain data."""

    def as_json(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        ...


T = TypeVar("T", bound=Told)
#: What writes a document, by the suffix of the file.
WRITERS: Mapping[str, Callable[[Document, str], bytes]] = {"docx": write_docx, "xlsx": write_xlsx, "html": write_html}


def write(document: Document, form: str, lang: str) -> bytes:
    """The document in a form of ``WRITERS`` and a language (``zh`` or ``en``)."""
    return WRITERS[form](document, lang)


def forms(document: Callable[[T], Document]) -> Mapping[str, Callable[[T, str], bytes]]:
    """What writes a thing that can be made a document, by the suffix of the file; JSON holds both languages."""

    def written(form: str, thing: T, lang: str) -> bytes:
        return write(document(thing), form, lang)

    def plain(thing: T, _: str) -> bytes:
        return orjson.dumps(thing.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    return {**{form: partial(written, form) for form in WRITERS}, "json": plain}
