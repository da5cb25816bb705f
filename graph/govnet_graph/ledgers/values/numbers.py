"""Numbers as ledgers write them: separators, units, Chinese numerals, bounds. About so many is no number and is refused."""

from __future__ import annotations

import re
import unicodedata

from govnet_graph.ledgers.model import CellValue
from govnet_graph.ledgers.values.result import Normal, Unreadable
from govnet_graph.schema import Text

_DIGITS = {
    c: n
    for n, cs in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in cs
}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_UNITS = "人次|人|户|个|名|位|家|处|座|栋|张|条|件|套|次|岁|间|台|辆|网格|车位|级|平方米"
_NUMBER = re.compile(rf"([+-]?\d+(?:\.\d+)?)(万|亿)?(%)?(?:{_UNITS})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ABOUT = re.compile(r"^(约|大约|近|左右|上下|大概|~|≈)|(左右|上下|许)$")
_LOWER = re.compile(r"^(?:>=|≥|>|不少于|不低于|至少|超过|超)(?P<a>.+)$|^(?P<b>.+?)(?:余|多|以上|\+)(?P<unit>\D*)$")
_CHINESE = re.compile(rf"([〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万]+)(?:{_UNITS})?")
_UNIT = Text("去掉了单位或千分位", "A unit or separators were left out")


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral below a hundred million. Raises ValueError for what is none.

    >>> chinese_number("十二"), chinese_number("一百零五"), chinese_number("二〇二四")
    (12, 105, 2024)
    """
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    high, _, low = text.rpartition("万")
    if "万" in high:
        raise ValueError(text)
    return (chinese_number(high) * 10_000 if high else 0) + (_below_ten_thousand(low) if low else 0)


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, None
    last = 10_000
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            power = _POWERS[character]
            if power >= last:
                raise ValueError(text)
            total += (1 if digit is None else digit) * power
            digit, last = None, power
    return total + (digit or 0)


def read_number(value: CellValue, *, whole: bool) -> Normal:
    """A number, an integer where ``whole``. Raises Unreadable.

    Exact for numbers and plain digits; heuristic where a unit is dropped, 万 multiplied or a Chinese numeral read.
    A lower bound (50余, 50以上, ≥50) gives the number with ``lower``; an approximation (约50) is refused, because a
    number that is not known must not look as if it were.
    """
    if isinstance(value, bool) or value is None or not isinstance(value, str | int | float):
        raise Unreadable("number-unreadable", f"“{value}”不是数字", f"{value!r} is no number")
    if isinstance(value, str):
        return _from_text(value, whole=whole)
    return Normal(_checked(value, str(value), whole=whole))


def _from_text(text: str, *, whole: bool) -> Normal:
    given = "".join(unicodedata.normalize("NFKC", text).split()).replace("−", "-")
    if _ABOUT.search(given):
        raise Unreadable(
            "number-approximate",
            f"“{text}”是约数：请填写确切数字，只知下限时写“50以上”",
            f"{text!r} is approximate: write the exact number, or 50以上 for a lower bound",
        )
    bound = _LOWER.match(given)
    if bound:
        found = _from_text(bound["a"] or bound["b"] + (bound["unit"] or ""), whole=whole)
        rule = Text(f"“{text}”按下限读取", f"{text!r} was read as a lower bound")
        return Normal(found.value, rule, lower=True)
    if _GROUPED.match(given):
        given = given.replace(",", "")
    match = _NUMBER.fullmatch(given)
    if match:
        number = float(match[1]) if "." in match[1] else int(match[1])
        if match[2]:
            number = round(number * (10_000 if match[2] == "万" else 100_000_000), 6)
        if match[3]:
            number = round(number / 100, 12)
        plain = given == match[1] and given == text.strip()
        return Normal(_checked(number, text, whole=whole), None if plain else _UNIT)
    chinese = _CHINESE.fullmatch(given)
    if chinese:
        try:
            return Normal(chinese_number(chinese[1]), Text("中文数字", "A Chinese numeral"))
        except (ValueError, KeyError):
            pass
    raise Unreadable(
        "number-unreadable",
        f"“{text}”不是一个数字：请只填一个阿拉伯数字",
        f"{text!r} is not one number: write digits only",
    )


def _checked(number: float, shown: str, *, whole: bool) -> int | float:
    if number != number or abs(number) > 2**53:
        raise Unreadable("number-too-large", f"“{shown}”超出可精确表示的范围", f"{shown} is too large to be exact")
    if not whole:
        return number
    if number != int(number):
        raise Unreadable("number-not-whole", f"“{shown}”不是整数", f"{shown} is not a whole number")
    return int(number)
