"""Ids of things that a ledger makes known: stable from import to import, and never telling a person's name."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from typing import overload

from pypinyin import lazy_pinyin

from govnet_graph.ledgers.who.names import normal
from govnet_graph.spool import Groups

_UNFIT = re.compile(r"[^a-z0-9]+")
_PREFIX = {"Unit": "unit", "Organization": "org", "Resource": "res", "Service": "svc", "Need": "need", "Case": "case"}
_LONGEST = 32
_DIGEST = 8
_NUMBER = "number|"


def thing_id(label: str, name: str, *parts: str) -> str:
    """Id of a thing that has no code of its own: its label, its name in pinyin, a hash of the name and of what tells it apart.

    >>> thing_id("Unit", "示例银行")
    'unit-shiliyinhang-42065b77'
    """
    slug = _UNFIT.sub("-", "".join(lazy_pinyin(normal(name)))).strip("-")[:_LONGEST].strip("-")
    said = "\\0".join((label, normal(name), *parts))
    prefix = _PREFIX.get(label, label.lower())
    return "-".join(part for part in (prefix, slug, hashlib.sha256(said.encode()).hexdigest()[:8]) if part)


class MemberIds(Sequence[str]):
    """Ids of people in eight bytes each."""

    def __init__(self, digests: bytearray) -> None:
        self._digests = digests

    def __len__(self) -> int:
        return len(self._digests) // _DIGEST

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        begin = at % len(self) * _DIGEST
        return "member-" + self._digests[begin : begin + _DIGEST].hex()


def member_ids(secret: bytes, people: Iterable[tuple[str, str, str, str, str]]) -> MemberIds:
    """Ids of people, in their order: (body, name, identity number, telephone, whatever else the row says).

    A person with an identity number is the same wherever the row stands. Another is known by the body that the row names, the
    name and the telephone; people of one body who share all of these stay several, told apart by what else the rows say
    and, where that is the same too, by counting. The id is a keyed hash: who holds the ids but not the
    data directory's secret can neither read nor try names and numbers.
    """
    alike: Groups[tuple[str, int]] = Groups()
    count = 0
    for body, name, number, phone, rest in people:
        alike.add(_person(body, name, number, phone), ("" if number else rest, count))
        count += 1
    digests = bytearray(count * _DIGEST)
    for key, group in alike:
        # Sorted by what the rows say, so that their order in the ledger decides nothing.
        for place, (_, position) in enumerate(sorted(group)):
            said = f"{key}|{place + 1}" if place and not key.startswith(_NUMBER) else key
            digest = hmac.digest(secret, said.encode(), "sha256")[:_DIGEST]
            digests[position * _DIGEST : (position + 1) * _DIGEST] = digest
    return MemberIds(digests)


def _person(body: str, name: str, number: str, phone: str) -> str:
    return f"{_NUMBER}{number.upper()}" if number else f"{body}|{normal(name)}|{phone}"
