"""Days as ledgers write them. A month alone is its first day (as an end: the first day of the next), a year is too coarse."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from govnet_graph.ledgers.model import CellValue
from govnet_graph.ledgers.values.numbers import chinese_number
from govnet_graph.ledgers.values.result import Normal, Unreadable
from govnet_graph.ledgers.words import OPEN_END
from govnet_graph.schema import Text

_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_SERIALS = (10_000, 80_000)  # 1927 to 2119
_YEARS = (1900, 2100)
_CHINESE = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号])")
_TIME = r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(rf"(\d{{4}})(?:年|[-./])(\d{{1,2}})(?:月|[-./])(\d{{1,2}})(?:日|号)?{_TIME}")
_MONTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月份|月)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"\d{4}年?")
_AROUND = re.compile(r"^自|(?:起|开始|正式)$|[((](?:周|星期).[))]$")
_OPEN = frozenset(OPEN_END)


def read_date(value: CellValue, *, end: bool = False, from_1904: bool = False) -> Normal:
    """A day. Raises Unreadable.

    Parameters
    ----------
    value : CellValue
        A day or moment (exact), a written day (exact), a month or a serial number (heuristic).
    end : bool
        Whether the column is an end, for which 至今 and 长期 mean open (value None) and a month ends with its last day.
    from_1904 : bool
        Whether the workbook counts serial numbers from 1904.
    """
    if isinstance(value, dt.datetime):
        return _plausible(value.date(), value)
    if isinstance(value, dt.date):
        return _plausible(value, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, end=end, from_1904=from_1904)
    if isinstance(value, str):
        return _from_text(value, end=end, from_1904=from_1904)
    raise _unreadable(value)


def _unreadable(value: object) -> Unreadable:
    return Unreadable(
        "date-unreadable", f"“{value}”不是日期：请写成 2024-03-01", f"{value!r} is no date: write 2024-03-01"
    )


def _plausible(day: dt.date, shown: object, rule: Text | None = None) -> Normal:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise Unreadable("date-implausible", f"日期“{shown}”的年份不合理", f"the year of {shown} is not plausible")
    return Normal(day, rule)


def _from_number(number: float, *, end: bool, from_1904: bool) -> Normal:
    if number == int(number):
        whole = int(number)
        if _SERIALS[0] <= whole <= _SERIALS[1]:
            day = (_EPOCH_1904 if from_1904 else _EPOCH) + dt.timedelta(days=whole)
            return _plausible(
                day, whole, Text(f"{whole} 按日期序列号读取", f"{whole} was read as a serial number of days")
            )
        return _from_text(str(whole), end=end, from_1904=from_1904)
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _from_number(int(number), end=end, from_1904=from_1904)
    text = f"{number:.6g}"
    if re.fullmatch(r"\d{4}\.1", text):
        # As a number 2024.10 has lost its zero: January and October look the same.
        raise Unreadable(
            "date-ambiguous",
            f"{text} 可能是1月，也可能是10月：请写成 2024-01 或 2024-10",
            f"{text} may be January or October: write 2024-01 or 2024-10",
        )
    return _from_text(text, end=end, from_1904=from_1904)


def _from_text(text: str, *, end: bool, from_1904: bool) -> Normal:
    given = unicodedata.normalize("NFKC", text).strip()
    squeezed = re.sub(r"\s*([年月日./-])\s*", r"\1", given)
    if squeezed.lower() in _OPEN or squeezed.lower().strip("()") in _OPEN:
        if end:
            return Normal(None)
        raise Unreadable("date-open", f"“{text}”不能作为起始日期", f"{text!r} cannot be a first day")
    squeezed = _AROUND.sub("", _AROUND.sub("", squeezed))
    squeezed = _CHINESE.sub(lambda match: _arabic(match[0]), squeezed)
    match = _DAY.fullmatch(squeezed) or _COMPACT.fullmatch(squeezed)
    try:
        if match:
            return _plausible(dt.date(int(match[1]), int(match[2]), int(match[3])), text)
        match = _MONTH.fullmatch(squeezed)
        if match:
            year, month = int(match[1]), int(match[2])
            first = dt.date(year, month, 1)
            if end:
                day = (first + dt.timedelta(days=32)).replace(day=1)
                return _plausible(
                    day, text, Text(f"“{text}”按该月底结束读取", f"{text!r} was read as the end of that month")
                )
            return _plausible(
                first, text, Text(f"“{text}”按该月1日读取", f"{text!r} was read as the first of that month")
            )
    except (ValueError, OverflowError):
        raise Unreadable("date-impossible", f"没有“{text}”这一天", f"there is no day {text!r}") from None
    if _YEAR.fullmatch(squeezed):
        raise Unreadable(
            "date-too-coarse", f"“{text}”只有年份：请写到月或日", f"{text!r} is a year only: add the month"
        )
    if squeezed.isdecimal() and len(squeezed) == 5 and squeezed.isascii():
        return _from_number(int(squeezed), end=end, from_1904=from_1904)
    raise _unreadable(text)


def _arabic(text: str) -> str:
    try:
        return str(chinese_number(text.replace("○", "〇")))
    except (ValueError, KeyError):
        return text
