"""What a plan rests on, and what of that has changed since: only this can refuse it, never an unrelated change.

A plan rests on the units whose pairings it changes (their capacity, what they can give, all their pairings), on the areas
that it changes (where they lie, who pairs with or serves them, or what lies above and in them) and on the requirements
that such pairings meet. Names are not among it: renaming refuses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from govnet_graph.planner.snapshot import Pairing, Snapshot
from govnet_graph.schema import Text

Facts = Mapping[str, Mapping[str, Mapping[str, Any]]]
Pair = tuple[str, str, tuple[str, ...]]


def rests_on(snapshot: Snapshot, pairs: Iterable[Pair]) -> Facts:
    """The facts that changes of these pairs (unit, area, services) rest on, as plain data in a fixed order.

    Raises NotInSnapshot for a unit or an area that is not there.
    """
    listed = list(pairs)
    keys = {"pairing", *(f"service:{code}" for _, _, services in listed for code in services)}
    index = _Index(snapshot, keys)
    return {
        "unit": {unit: index.unit(unit) for unit in sorted({unit for unit, _, _ in listed})},
        "area": {area: index.area(area) for area in sorted({area for _, area, _ in listed})},
        "requirement": {
            one.id: {
                "level": one.level, "evidence": str(one.evidence), "scope": one.scope, "minimum": one.minimum,
                "applies": one.applies,
            }
            for one in sorted(snapshot.requirements, key=lambda one: one.id)
            if str(one.evidence) in keys
        },
    }  # fmt: skip


def facts_now(snapshot: Snapshot, before: Facts, pairs: Iterable[Pair]) -> Facts:
    """The same facts in another snapshot; what is no longer there is left out."""
    still = [
        pair for pair in pairs if pair[0] in snapshot.unit_index and pair[1] in snapshot.areas.by_id
    ]  # fmt: skip
    now = rests_on(snapshot, still)
    return {kind: {id_: facts for id_, facts in now[kind].items() if id_ in before[kind]} for kind in before} | {
        "requirement": now["requirement"]
    }


class _Index:
    """The pairings by unit and by area, and the other evidence by area: each is read once."""

    def __init__(self, snapshot: Snapshot, keys: Collection[str]) -> None:
        self._snapshot = snapshot
        self._of_unit: dict[str, list[Pairing]] = defaultdict(list)
        self._at: dict[int, list[Pairing]] = defaultdict(list)
        for pairing in sorted(snapshot.pairings, key=lambda p: p.id):
            self._of_unit[pairing.unit].append(pairing)
            self._at[pairing.area].append(pairing)
        self._given: dict[str, dict[int, list[str]]] = {}
        for key in sorted(set(keys) & set(snapshot.given)):
            links, found = snapshot.given[key], defaultdict(list)
            for provider, area in zip(links.providers.tolist(), links.areas.tolist(), strict=True):
                found[area].append(snapshot.providers[provider].id)
            self._given[key] = found

    def unit(self, unit: str) -> dict[str, Any]:
        """What a plan rests on in a unit."""
        held = self._snapshot.unit(unit)
        return {
            "capacity": held.capacity,
            "elsewhere": held.elsewhere,
            "services": sorted(held.services),
            "pairings": [self._line(pairing) for pairing in self._of_unit[unit]],
        }

    def area(self, area: str) -> dict[str, Any]:
        """What a plan rests on in an area: there, above and in it."""
        areas = self._snapshot.areas
        at = areas.index(area)
        near = sorted({i for i in areas.ancestors[at].tolist() if i >= 0} | set(range(at, int(areas.end[at]))))
        return {
            "parent": areas.ids[areas.parent[at]] if areas.parent[at] >= 0 else None,
            "demonstration": bool(areas.demonstration[at]),
            "pairings": sorted(self._line(pairing) for i in near for pairing in self._at.get(i, ())),
            "given": {key: sorted({p for i in near for p in at_.get(i, ())}) for key, at_ in self._given.items()},
        }

    def _line(self, pairing: Pairing) -> str:
        """A pairing on one line: what it is, what it gives, what it takes, how long it holds."""
        services = ",".join(sorted(pairing.services))
        days = f"{pairing.since or ''}..{pairing.until or ''}"
        return f"{pairing.id} [{services}] {pairing.used} {days}"


_KINDS = {"unit": Text("单位", "unit"), "area": Text("区域", "area"), "requirement": Text("要求", "requirement")}
_FACTS = {
    "capacity": Text("结对能力", "pairing capacity"),
    "elsewhere": Text("区外占用的结对能力", "capacity used outside the district"),
    "services": Text("能提供的服务", "services that it can give"),
    "pairings": Text("结对关系", "pairings"),
    "parent": Text("上级区域", "area above"),
    "demonstration": Text("是否示范点", "whether it is a demonstration point"),
    "given": Text("其他提供方", "other providers"),
    "level": Text("层级", "level"),
    "evidence": Text("证据", "evidence"),
    "scope": Text("范围", "scope"),
    "minimum": Text("最少提供方数", "least number of providers"),
    "applies": Text("适用范围", "where it applies"),
}


def moved(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """What differs, one entry per fact: ``kind``, ``id``, ``fact``, ``before``, ``after`` and ``text`` in both languages."""
    found = []
    for kind in before:
        for id_ in sorted({*before[kind], *after[kind]}):
            was, now = before[kind].get(id_), after[kind].get(id_)
            if was is None or now is None:
                found.append(_gone(kind, id_, new=was is None))
                continue
            differing = (fact for fact in was if was[fact] != now.get(fact))
            found += [_differs(kind, id_, fact, was[fact], now.get(fact)) for fact in differing]
    return found


def _gone(kind: str, id_: str, *, new: bool) -> dict[str, Any]:
    said = _KINDS[kind]
    zh = f"{said.zh} {id_} {'是新出现的' if new else '已不存在'}"
    en = f"{said.en} {id_} is {'new' if new else 'no longer there'}"
    return {"kind": kind, "id": id_, "fact": None, "before": None, "after": None, "text": {"zh": zh, "en": en}}


def _differs(kind: str, id_: str, fact: str, was: Any, now: Any) -> dict[str, Any]:
    said, what = _KINDS[kind], _FACTS[fact]
    lost, new = _parts(was, now)
    zh, en = f"{said.zh} {id_}：{what.zh}", f"{said.en} {id_}: {what.en}"
    if isinstance(was, list | dict):
        zh += "".join([f"，少了 {'、'.join(lost)}" if lost else "", f"，多了 {'、'.join(new)}" if new else ""])
        en += "".join([f", without {', '.join(lost)}" if lost else "", f", with {', '.join(new)}" if new else ""])
    else:
        zh += f"由 {_shown(was, '不明')} 变为 {_shown(now, '不明')}"
        en += f" went from {_shown(was, 'unknown')} to {_shown(now, 'unknown')}"
    return {"kind": kind, "id": id_, "fact": fact, "before": was, "after": now, "text": {"zh": zh, "en": en}}


def _parts(was: Any, now: Any) -> tuple[list[str], list[str]]:
    """What a list has lost and won; a mapping's lists are put together."""

    def flat(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {f"{item} ({key})" for key, items in value.items() for item in items}
        return {str(item) for item in value} if isinstance(value, list) else set()

    return sorted(flat(was) - flat(now)), sorted(flat(now) - flat(was))


def _shown(value: Any, unknown: str) -> str:
    return unknown if value is None else str(value)
