"""What the graph holds, kept so that names are found fast: read once for an import, in a few packed rows."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.ledgers.who.names import Name, normal, prepare, short
from govnet_graph.questions.values import today
from govnet_graph.schema import AREAS
from govnet_graph.store.driver import Graph, native

#: Properties that tell things apart and are shown beside a doubtful match. Names of members are not among them.
SHOWN = ("name", "title", "kind", "code", "credit_code", "profession", "group", "since", "until")
_PLACED = {"Unit": "LOCATED_IN", "Organization": "RESPONSIBLE_FOR", "Resource": "SERVES", "Need": "RAISED_BY"}
_COMMONEST = 400
_RAREST = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing. ``places`` are ids of the areas (of a member: the bodies) that it belongs to; ``fresh`` that it is not in the graph yet."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    props: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)
    fresh: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and other names, those that it has."""
        return tuple(text for text in (self.name, *self.aliases) if text)

    def shown(self) -> dict[str, Any]:
        """What a reviewer sees of it; a member's name is not part of it."""
        hidden = ("name",) if self.label == "Member" else ()
        return {key: self.props[key] for key in SHOWN if self.props.get(key) is not None and key not in hidden}


class Index:
    """All things that an import may refer to.

    Parameters
    ----------
    entries : iterable of Entry
    home : str
        Id of the district in which names are looked up when a row says nothing of its place; empty for anywhere.
    """

    def __init__(self, entries: Iterable[Entry], home: str = "") -> None:
        self.home = home
        self.version = 0
        self.entries: dict[str, Entry] = {}
        self._codes: dict[str, str] = {}
        self._names: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._ids: dict[str, list[str]] = defaultdict(list)
        self._grams: dict[str, dict[str, list[str]]] = {}
        entries = sorted(entries, key=lambda e: e.id)
        self.places = frozenset(normal(e.name) for e in entries if e.label == "District")
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Make one more thing known; ``version`` counts them, for those who remember what they found."""
        self.version += 1
        self.entries[entry.id] = entry
        insort(self._ids[entry.label], entry.id)
        for code in entry.codes:
            self._codes[code.upper()] = entry.id
        for text in entry.names:
            self._names[entry.label, normal(text)].append(entry.id)
        if entry.label in self._grams:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        held = self._grams[entry.label]
        for name in self.forms(entry):
            for gram in _grams(name):
                held[gram].append(entry.id)

    def by_code(self, code: str) -> Entry | None:
        """The thing with this id, area code or unified social credit code."""
        found = self.entries.get(code)
        if found is not None:
            return found
        known = self._codes.get(code.upper())
        return self.entries[known] if known is not None else None

    def forms(self, entry: Entry) -> list[Name]:
        """Its names, prepared for comparing."""
        places = self.above(entry.id) if entry.label in AREAS else self.places
        return [prepare(text, entry.label, places) for text in entry.names]

    def above(self, area: str) -> frozenset[str]:
        """Names of the districts and of all areas that hold this one: what says nothing in front of a name within it."""
        held = [e for n in (6, 9, 12) if len(area) > n and (e := self.entries.get(area[:n])) is not None]
        return self.places | {normal(e.name) for e in held} | {short(e.name, e.label) for e in held}

    def exactly(self, label: str, whole: str) -> list[Entry]:
        """Things of a label that are called just so."""
        return [self.entries[i] for i in dict.fromkeys(self._names.get((label, whole), ()))]

    def below(self, label: str, area: str) -> list[Entry]:
        """Areas of a label within an area: their codes begin with its code."""
        ids = self._ids.get(label, [])
        return [self.entries[i] for i in ids[bisect_left(ids, area) : bisect_left(ids, area + "~")]]

    def alike(self, label: str, name: Name, area: str = "") -> list[Entry]:
        """Things of a label that may be meant: a superset of those that ``compare`` finds.

        Areas within ``area`` are few and are all given. Others are found by shared pieces of the name: one typing error
        spoils two pairs of neighbouring characters at most, so the rarest pieces contain a whole one, and the
        commonest need not be looked at.
        """
        if area and label in AREAS:
            holders = (self.entries.get(area[:length]) for length in (6, 9, 12) if length < len(area))
            return [*self.below(label, area), *(e for e in holders if e is not None and e.label == label)]
        if label not in self._grams:
            # Made when first needed: most rows name things exactly, and sounding out a province takes seconds.
            self._grams[label] = defaultdict(list)
            for i in self._ids.get(label, ()):
                self._note(self.entries[i])
        known = self._grams[label]
        lists = sorted((held for gram in _grams(name) if (held := known.get(gram))), key=len)
        found: dict[str, None] = {}
        for position, held in enumerate(lists):
            if position < _RAREST or len(held) <= _COMMONEST:
                found.update(dict.fromkeys(held))
        return [self.entries[i] for i in found]


def _grams(name: Name) -> list[str]:
    """The pieces by which a name is found: pairs of neighbours, its sound and initials, its two ends."""
    if name.whole.isascii():
        return [f"~{name.whole}", f"={name.whole}", f"!{name.whole[:2]}"]
    core = name.core
    pieces = [core[i : i + 2] for i in range(len(core) - 1)]
    pieces += [f"~{name.blurred}", f"~{name.sound}", f"={name.initials}"]
    pieces += [f"^{core[:1]}", f"^{name.whole[:1]}", f"{core[-1:]}$"]
    if core[:1].isascii():
        pieces.append(f"!{core[:2]}")
    return list(dict.fromkeys(pieces))


async def read_index(graph: Graph, labels: Iterable[str], *, home: str = "", day: dt.date | None = None) -> Index:
    """The index of all things of these labels, with areas always among them.

    Raises
    ------
    QueryFailed, QueryTimedOut, EngineUnreachable
    """
    wanted = sorted({*labels, *AREAS})
    entries: list[Entry] = []
    for label in wanted:
        places = await _places(graph, label, day)
        found = await graph.read(f"MATCH (n:{label}) RETURN collect(properties(n))")
        entries += [_entry(label, native(props), places) for props in (found[0][0] if found else [])]
    return Index(entries, home)


async def _places(graph: Graph, label: str, day: dt.date | None) -> dict[str, list[str]]:
    """The areas (of members: the bodies and areas) that things of a label belong to now, by id."""
    types = "MEMBER_OF|ASSIGNED_TO" if label == "Member" else _PLACED.get(label, "")
    if not types:
        return {}
    live = "WHERE r.until IS NULL OR r.until > $day"
    text = f"MATCH (n:{label})-[r:{types}]->(a) {live} RETURN collect([n.id, a.id])"
    found: dict[str, list[str]] = defaultdict(list)
    for thing, area in (await graph.read(text, {"day": day or today()}))[0][0]:
        found[thing].append(area)
    return found


def _entry(label: str, props: dict[str, Any], places: dict[str, list[str]]) -> Entry:
    codes = [props[key] for key in ("code", "credit_code") if props.get(key)]
    return Entry(
        props["id"],
        label,
        props.get("name") or "",
        tuple(props.get("aliases") or ()),
        tuple(codes),
        tuple(sorted(places.get(props["id"], ()))),
        props,
    )
