"""Codes with a form of their own: area codes, unified social credit codes, telephone and identity numbers."""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from govnet_graph.ledgers.model import CellValue
from govnet_graph.ledgers.values.result import Normal, Unreadable
from govnet_graph.ledgers.values.text import as_text
from govnet_graph.schema import Text

_AREA_LENGTHS = (6, 9, 12, 15)
_ABOVE_LENGTHS = (2, 4)  # provinces and cities: above what the graph holds, but named as what a district lies in
_PHONE_PARTS = re.compile(r"[、,;/|\n\s]+|(?<=\d)或(?=\d)")
_MOBILE = re.compile(r"(?:\+?86-?)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+?86-?)?(0\d{2,3})[-)]?(\d{7,8})(?:[-转](\d{1,6}))?")
_SHORT = re.compile(r"(?:[2-8]\d{6,7}|[48]00-?\d{3}-?\d{4}|1\d{2,5})")
_EXACT = 10**15  # beyond this a spreadsheet's number has lost its last digits


def _compact(value: CellValue) -> str:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= _EXACT):
        raise Unreadable(
            "code-lost-digits",
            f"{value:.0f} 被存为数字，末位可能已丢失：请将单元格设为文本后重新填写",
            f"{value:.0f} is stored as a number and may have lost digits: make the cell a text and write it again",
        )
    return "".join(unicodedata.normalize("NFKC", as_text(value)).split()).replace("-", "").upper().strip("'")


def read_area_code(value: CellValue, *, above: bool = False) -> Normal:
    """A statistical code of 6, 9, 12 or 15 digits; with ``above`` also 2 or 4. Raises Unreadable.

    Exact, but for codes filled up with zeros to twelve digits, which are shortened to their level (heuristic).
    """
    if isinstance(value, int) and not isinstance(value, bool) and 10**14 <= value < 10**15:
        return Normal(str(value))
    code = _compact(value)
    if not (code.isascii() and code.isdecimal()):
        raise Unreadable(
            "area-code-invalid", f"“{code}”不是区划代码：只能是数字", f"{code!r} is no area code: digits only"
        )
    if len(code) not in _AREA_LENGTHS and not (above and len(code) in _ABOVE_LENGTHS):
        raise Unreadable(
            "area-code-invalid",
            f"区划代码“{code}”有{len(code)}位，应为6、9、12或15位",
            f"the area code {code} has {len(code)} digits, not 6, 9, 12 or 15",
        )
    if len(code) == 12 and code.endswith("000"):
        short = code[:6] if code.endswith("000000") else code[:9]
        return Normal(short, Text(f"去掉补足的零：{code}", f"zeros that fill up {code} were left out"))
    return Normal(code)


def read_credit_code(value: CellValue) -> Normal:
    """A unified social credit code whose check digit is right (GB 32100-2015). Exact. Raises Unreadable."""
    code = _compact(value)
    try:
        return Normal(uscc.validate(code))
    except InvalidLength:
        zh, en = (
            f"信用代码“{code}”有{len(code)}位，应为18位",
            f"the credit code {code} has {len(code)} characters, not 18",
        )
    except InvalidChecksum:
        zh, en = f"信用代码“{code}”校验位不符，请核对", f"the check digit of the credit code {code} is wrong"
    except ValidationError:
        zh, en = f"信用代码“{code}”含有不允许的字符", f"the credit code {code} holds characters that it may not"
    raise Unreadable("credit-code-invalid", zh, en)


def read_phones(value: CellValue) -> Normal:
    """Telephone numbers, several to a cell: mobiles as 11 digits, others as area code, hyphen, number. Raises Unreadable.

    Exact for mobiles and full numbers; heuristic for numbers without an area code.
    """
    text = unicodedata.normalize("NFKC", as_text(value)).replace("(", "").replace("—", "-")
    text = re.sub(r"(?<=\+86)\s+|(?<=\d{3})\s+(?=\d{4}\b)|(?<=\d{4})\s+(?=\d{4}\b)", "", text)
    found, rule = [], None
    for part in (p for p in _PHONE_PARTS.split(text) if p):
        number = re.sub(r"^[^\d+]+|[^\d]+$", "", part)
        if match := _MOBILE.fullmatch(number):
            found.append(match[1])
        elif match := _LANDLINE.fullmatch(number):
            found.append(f"{match[1]}-{match[2]}" + (f"-{match[3]}" if match[3] else ""))
        elif _SHORT.fullmatch(number):
            found.append(number)
            rule = Text("没有区号的号码", "A number without an area code")
        elif number:
            raise Unreadable("phone-unreadable", f"“{part}”不是电话号码", f"{part!r} is no telephone number")
    if not found:
        raise Unreadable("phone-unreadable", f"“{text}”不是电话号码", f"{text!r} is no telephone number")
    return Normal(list(dict.fromkeys(found)), rule)


def read_id_number(value: CellValue) -> Normal:
    """An identity number of a resident whose check digit is right. Exact. Raises Unreadable, without repeating it."""
    try:
        return Normal(ric.validate(_compact(value)))
    except ValidationError:
        raise Unreadable("id-number-invalid", "身份证号不正确", "the identity number is not valid") from None
