"""Reads opening hours as ledgers write them in Chinese: ``周一至周五 08:30-17:00``, ``每月第一个周日 09:00-12:00``.

What cannot be read is unknown (None), never closed: ``夜间`` names no hours and ``寒暑假`` no days. Public holidays are not
known here, so ``工作日`` is Monday to Friday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY, WEEK = 24 * 60, 7 * 24 * 60
_NUMBERS = {name: i for i, name in enumerate("一二三四五六", 0)} | {"日": 6, "天": 6, "七": 6}
_ORDINALS = {name: i for i, name in enumerate("一二三四五", 1)}
_EVERY = {
    "每日": range(7), "每天": range(7), "天天": range(7), "全年": range(7), "全周": range(7), "全天": range(7),
    "工作日": range(5), "平日": range(5), "周末": range(5, 7), "双休日": range(5, 7),
}  # fmt: skip
_WIDE = str.maketrans("０１２３４５６７８９：；，（）－", "0123456789:;,()-")
_DASH = re.compile(r"\s*(?:-|–|—|−|~|〜|～|至|到)\s*")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_NTH = re.compile(r"每月第([一二三四五1-5])个(?:周|星期|礼拜)([一二三四五六日天])")
_NAME = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天七])")
_RANGE = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天七])-(?:周|星期|礼拜)?([一二三四五六日天七])")
_ROUND = re.compile(r"(?:24小时|二十四小时|全天(?:候)?)(?:开放|服务|营业)?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from minute ``start`` to ``end`` (exclusive) of the week that begins on Monday at 0:00.

    ``end`` may pass the end of the week. ``nth`` 0 is every week, 1 to 5 only on that weekday of its number in a month.
    """

    start: int
    end: int
    nth: int = 0


def parse(text: str | None) -> tuple[Span, ...] | None:
    """The opening hours that a text states; None where it states none or any part of it cannot be read.

    >>> parse("周六 09:00-12:00")
    (Span(start=7740, end=7920, nth=0),)
    """
    if not text or not text.strip():
        return None
    found: list[Span] = []
    days: list[tuple[int, int]] | None = None
    timed = True
    for part in re.split(r"[;\n。]+|(?<=\d)[,、](?=\D)", _plain(text)):
        if not part.strip():
            continue
        stated, rest = _days(part)
        if stated is not None:
            if not timed:
                return None
            days, timed = stated, False
        hours = _minutes(rest)
        if hours is None:
            return None
        if days is None and not _ROUND.fullmatch(rest):
            return None  # hours without days
        timed = True
        for day, nth in days if days is not None else [(d, 0) for d in range(7)]:
            found += [Span(day * DAY + a, day * DAY + b, nth) for a, b in hours]
    return tuple(sorted(set(found))) if found and timed else None


def overlap(hours: tuple[Span, ...], wanted: tuple[Span, ...]) -> int:
    """Minutes of a week in which both hold; an opening on some weeks of a month counts only for those that ask for them."""
    minutes: set[int] = set()
    for own in hours:
        for other in wanted:
            if own.nth in (0, other.nth):
                minutes |= _of_week(own) & _of_week(other)
    return len(minutes)


def _of_week(span: Span) -> set[int]:
    return {minute % WEEK for minute in range(span.start, span.end)}


def _plain(text: str) -> str:
    clean = text.strip().translate(_WIDE).replace("上午", "").replace("开放", "").replace("营业", "")
    clean = re.sub(r"(\d{1,2})[点时](\d{2})分?", r"\1:\2", clean)
    clean = re.sub(r"(\d{1,2})[点时](?!间)半", r"\1:30", clean)
    clean = re.sub(r"(\d{1,2})[点时](?![间段])", r"\1:00", clean)
    return _DASH.sub("-", clean)


def _days(part: str) -> tuple[list[tuple[int, int]] | None, str]:
    """The (weekday, nth of the month) that a part begins with, None where it names none, and what follows."""
    rest, found = part.strip(), set()
    matched = False
    while True:
        rest = rest.lstrip(" 、,和及:(").removeprefix(")")
        if nth := _NTH.match(rest):
            number = _ORDINALS.get(nth[1]) or int(nth[1])
            found.add((_NUMBERS[nth[2]], number))
            rest, matched = rest[nth.end() :], True
            continue
        if _ROUND.match(rest):
            break
        word = next((w for w in _EVERY if rest.startswith(w)), None)
        if word is not None:
            found |= {(day, 0) for day in _EVERY[word]}
            rest, matched = rest[len(word) :], True
            continue
        rest = rest.removeprefix("每") if _NAME.match(rest.removeprefix("每")) else rest
        if span := _RANGE.match(rest):
            first, last = _NUMBERS[span[1]], _NUMBERS[span[2]]
            found |= {((first + i) % 7, 0) for i in range((last - first) % 7 + 1)}
            rest, matched = rest[span.end() :], True
            continue
        if name := _NAME.match(rest):
            found.add((_NUMBERS[name[1]], 0))
            rest, matched = rest[name.end() :], True
            continue
        break
    return (sorted(found) if matched else None), rest.strip(" )")


def _minutes(text: str) -> list[tuple[int, int]] | None:
    """(start, end) in minutes of a day of each span of hours; past midnight the end is beyond the day."""
    if _ROUND.fullmatch(text):
        return [(0, DAY)]
    found = []
    for piece in re.split(r"[,、和及\s]+", text):
        match = _HOURS.fullmatch(piece)
        if match is None:
            return None
        hour, minute, hour_end, minute_end = (int(x) for x in match.groups())
        if hour > 23 or hour_end > 24 or max(minute, minute_end) > 59 or (hour_end == 24 and minute_end):
            return None
        start, end = 60 * hour + minute, 60 * hour_end + minute_end
        if start == end:
            return None
        found.append((start, end if end > start else end + DAY))
    return found or None
