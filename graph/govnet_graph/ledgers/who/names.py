"""How alike two names are: wording, typing errors, sound, abbreviation. A score from 0 to 1 and how it was found.

All of it is heuristic, except that equal names are equal. Nothing below ``SURE`` may join two things unasked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

#: From here on a single candidate is meant without asking.
SURE = 0.95
#: Below this two names have nothing to do with each other.
DOUBTFUL = 0.6


class How(StrEnum):
    """By what a thing was recognised, from the surest to the least sure."""

    IDENTIFIER = "identifier"
    DECISION = "decision"
    NAME = "name"
    ALIAS = "alias"
    WORDING = "wording"
    SOUND = "sound"
    TYPING = "typing"
    PINYIN = "pinyin"
    ABBREVIATION = "abbreviation"
    INITIALS = "initials"
    SAME_NAME = "same-name"


_SCORES = {How.NAME: 1.0, How.WORDING: 0.96, How.SOUND: 0.9, How.PINYIN: 0.85, How.INITIALS: 0.7}
_DROPPED = re.compile(r"[^\w]|_")
_LEVEL = {
    "District": ("区", "县", "市"),
    "Street": ("街道办事处", "街道办", "街办", "街道", "镇人民政府", "镇", "乡"),
    "Community": ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区", "村民委员会", "村委会", "村"),
    "Grid": ("网格",),
}
_FIRMS = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司")
_ACTORS = ("Unit", "Organization")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百]+|[0-9]+")
_ORDINAL = re.compile(r"第(?=[0-9])")
# 区法院 is the district's own court; a city's (市) is another one than the district's.
_OWN = re.compile(r"^[区县](?=..)")
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def normal(text: str) -> str:
    """A name without what does not tell it apart: width and case of characters, spaces, brackets and dots.

    >>> normal("Ａ银行(海州) 支行")
    'a银行海州支行'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def _number(text: str) -> str:
    """A numeral in plain digits without leading zeros.

    >>> _number("十二"), _number("二十"), _number("007"), _number("三〇一")
    ('12', '20', '7', '301')
    """
    if text.isascii():
        return text.lstrip("0") or "0"
    if "十" not in text and "百" not in text:
        return "".join(str(_DIGITS[c]) for c in text).lstrip("0") or "0"
    total, held = 0, 0
    for c in text:
        if c in "十百":
            total, held = total + (held or 1) * (10 if c == "十" else 100), 0
        else:
            held = _DIGITS[c]
    return str(total + held)


def _plain_numbers(text: str) -> str:
    return _ORDINAL.sub("", _NUMERAL.sub(lambda m: _number(m[0]), text))


@dataclass(frozen=True, slots=True)
class Name:
    """A name prepared for comparing: as it is, its core, the core's sound and initials, and the numbers in it."""

    whole: str
    core: str
    sound: str
    blurred: str
    initials: str
    numbers: tuple[str, ...]


def prepare(text: str, label: str, places: frozenset[str] = frozenset()) -> Name:
    """A name of a thing of one label; ``places`` are names of areas around it, which say nothing when put in front.

    >>> prepare("爱民社区居委会", "Community").core
    '爱民'
    >>> prepare("海州区示例银行股份有限公司", "Unit", frozenset({"海州区"})).core
    '示例银行'
    """
    return _prepared(normal(text), label, places)


def short(text: str, label: str) -> str:
    """The name of an area without what says its level, where at least two characters are left.

    >>> short("爱民社区", "Community")
    '爱民'
    """
    whole = normal(text)
    for ending in _LEVEL.get(label, ()):
        if whole.endswith(ending) and len(whole) - len(ending) >= 2:
            return whole[: -len(ending)]
    return whole


@lru_cache(maxsize=200_000)
def _prepared(whole: str, label: str, places: frozenset[str]) -> Name:
    core = whole
    for place in sorted(places, key=len, reverse=True):
        if core.startswith(place) and len(core) - len(place) >= 2:
            core = core[len(place) :]
    if label in _ACTORS:
        core = _OWN.sub("", core)
    for ending in _LEVEL.get(label, _FIRMS):
        if core.endswith(ending) and len(core) > len(ending):
            core = core[: -len(ending)]
            break
    numbers = tuple(_number(m) for m in _NUMERAL.findall(core))
    core = _plain_numbers(core)
    syllables = lazy_pinyin(core)
    sound = "".join(syllables)
    blurred = sound
    for old, new in _BLURRED:
        blurred = blurred.replace(old, new)
    return Name(_plain_numbers(whole), core, sound, blurred, "".join(s[:1] for s in syllables), numbers)


def compare(asked: Name, known: Name) -> tuple[float, How]:
    """How alike a name that was written is to one that is known.

    Names whose numbers differ (第一网格, 第二网格) are different names, however alike the rest is.
    """
    if asked.whole == known.whole:
        return _SCORES[How.NAME], How.NAME
    if asked.core == known.core and asked.core:
        return _SCORES[How.WORDING], How.WORDING
    if len(asked.numbers) == len(known.numbers) and asked.numbers != known.numbers:
        return 0.0, How.TYPING
    if asked.whole.isascii():
        return _latin(asked.whole, known)
    if len(asked.core) == len(known.core) >= 2 and asked.sound == known.sound:
        return _SCORES[How.SOUND], How.SOUND
    if len(asked.core) == len(known.core) >= 3 and asked.blurred == known.blurred:
        return 0.85, How.SOUND
    typed = max(OSA.normalized_similarity(asked.core, known.core), OSA.normalized_similarity(asked.whole, known.whole))
    short = max(_abbreviates(asked.core, known.core), _abbreviates(asked.whole, known.whole))
    # Sounds alike though not spelt alike: two wrong characters with the right sound are one typing error less.
    heard = 0.9 * OSA.normalized_similarity(asked.sound, known.sound) if typed >= 0.4 else 0.0
    typed = min(0.94, max(typed if typed >= 0.7 else 0.0, heard if heard >= 0.75 else 0.0))
    return (short, How.ABBREVIATION) if short > typed else (typed, How.TYPING)


def _latin(text: str, known: Name) -> tuple[float, How]:
    if len(text) >= 4 and text == known.sound:
        return _SCORES[How.PINYIN], How.PINYIN
    if len(text) >= 3 and text == known.initials:
        return _SCORES[How.INITIALS], How.INITIALS
    return (min(0.94, OSA.normalized_similarity(text, known.whole, score_cutoff=0.7)), How.TYPING)


def _abbreviates(one: str, other: str) -> float:
    """How well the shorter may stand for the longer: same first character, the rest in order. 0 when it does not."""
    short, long = sorted((one, other), key=len)
    if not 2 <= len(short) < len(long) or short[0] != long[0]:
        return 0.0
    rest = iter(long)
    if not all(c in rest for c in short):
        return 0.0
    return 0.6 + 0.25 * len(short) / len(long) + (0.05 if short[-1] == long[-1] else 0.0)
