"""Ids of things that a ledger makes known: stable from import to import, and never telling a person's name."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence

from pypinyin import lazy_pinyin

from govnet_graph.ledgers.who.names import normal

_UNFIT = re.compile(r"[^a-z0-9]+")
_PREFIX = {"Unit": "unit", "Organization": "org", "Resource": "res", "Service": "svc", "Need": "need", "Case": "case"}
_LONGEST = 32


def thing_id(label: str, name: str, *parts: str) -> str:
    """Id of a thing that has no code of its own: its label, its name in pinyin, a hash of the name and of what tells it apart.

    >>> thing_id("Unit", "示例银行")
    'unit-shiliyinhang-42065b77'
    """
    slug = _UNFIT.sub("-", "".join(lazy_pinyin(normal(name)))).strip("-")[:_LONGEST].strip("-")
    said = "\\0".join((label, normal(name), *parts))
    prefix = _PREFIX.get(label, label.lower())
    return "-".join(part for part in (prefix, slug, hashlib.sha256(said.encode()).hexdigest()[:8]) if part)


def member_ids(secret: bytes, people: Iterable[tuple[str, str, str, str, str]]) -> list[str]:
    """Ids of people, in their order: (body, name, identity number, telephone, whatever else the row says).

    A person with an identity number is the same wherever the row stands. Another is known by the body that the row names, the
    name and the telephone; people of one body who share all of these stay several, told apart by what else the rows say
    and, where that is the same too, by counting. The id is a keyed hash: who holds the ids but not the
    data directory's secret can neither read nor try names and numbers.
    """
    listed: Sequence[tuple[str, str, str, str, str]] = list(people)
    keys = [_person(*person[:4]) for person in listed]
    groups: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    ids = [""] * len(listed)
    for key, positions in groups.items():
        known = listed[positions[0]][2]
        # Sorted by what the rows say, so that their order in the ledger decides nothing.
        for number, position in enumerate(sorted(positions, key=lambda p: (listed[p][4], p))):
            said = key if known or not number else f"{key}|{number + 1}"
            ids[position] = "member-" + hmac.digest(secret, said.encode(), "sha256").hex()[:16]
    return ids


def _person(body: str, name: str, number: str, phone: str) -> str:
    return f"number|{number.upper()}" if number else f"{body}|{normal(name)}|{phone}"
