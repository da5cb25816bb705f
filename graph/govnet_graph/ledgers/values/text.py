"""Texts as people meant them: full-width digits and letters, stray spaces, lists in one cell."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from govnet_graph.ledgers.model import CellValue

# NFKC would also turn Chinese punctuation, ㎡ and ① into something else, which a name keeps.
_WIDE = {
    code: code - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(*span)
}
_SPACES = dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x09), " ")
_NOTHING = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF, 0x2060, 0xAD, 0x0D), None)
_TABLE = {**_WIDE, **_SPACES, **_NOTHING}
_BLANKS = re.compile(r" {2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACED = re.compile(r"[\u3400-\u9fff](?: +[\u3400-\u9fff])+")
_ITEM = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[、,，;；/|\n]|$)|([^、,，;；/|\n]+)')
_SEPARATORS = re.compile(r'[、,，;；/|\n"]')


def clean(text: str) -> str:
    """A text with half-width digits and letters, plain single spaces and no invisible characters. Exact.

    >>> clean("　和平街道　１２号 ")
    '和平街道 12号'
    """
    if not text.isascii() or "\t" in text or "\r" in text:
        text = text.translate(_TABLE)
    text = text.strip()
    return _BLANKS.sub(" ", text) if "  " in text else text


def closed_up(text: str) -> str:
    """A name whose single characters were spaced out to fill a cell, closed up again. Heuristic.

    >>> closed_up("姓　名".replace("　", " ")), closed_up("示例 单位")
    ('姓名', '示例 单位')
    """
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text


def folded(text: str) -> str:
    """A text for comparison: NFKC, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def as_text(value: CellValue) -> str:
    """How a cell reads as text: days and times in ISO form, numbers without a needless fraction."""
    match value:
        case None:
            return ""
        case str():
            return clean(value)
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.12g}"
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat("minutes")
        case _:
            return str(value)


def split_list(text: str) -> list[str]:
    """The items of a list in one cell, without repeats; an item in double quotes may hold separators.

    >>> split_list("助餐、理发;助餐 / 维修")
    ['助餐', '理发', '维修']
    >>> split_list('"6/57、示范"、千千结')
    ['6/57、示范', '千千结']
    """
    items = (quoted.replace('""', '"') if quoted else clean(plain) for quoted, plain in _ITEM.findall(text))
    return list(dict.fromkeys(item for item in items if item))


def join_list(items: Sequence[str]) -> str:
    """A list as one cell, such that ``split_list`` gives it back."""
    return "、".join(
        f'"{item.replace(chr(34), chr(34) * 2)}"' if _SEPARATORS.search(item) or clean(item) != item else item
        for item in items
    )
