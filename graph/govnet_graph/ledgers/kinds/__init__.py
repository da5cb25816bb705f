"""The kinds of ledger: which columns real ones have, and what a row says in the schema's terms.

A column's type, meaning, allowed values and privacy are the schema's; only names, synonyms and roles stand here.
``Target("area", "@level")`` is the one target that is no property: it decides label and ``kind`` of an area.

>>> KINDS["pairings"].column("since").type
<ValueType.DATE: 'date'>
>>> KINDS["pairings"].edge("pairing").type
'PAIRED_WITH'
"""

from __future__ import annotations

from collections.abc import Mapping

from govnet_graph.errors import NotFound
from govnet_graph.ledgers.kinds.actors import AREAS, CHAIN, UNITS
from govnet_graph.ledgers.kinds.events import ACTIVITIES, CASES
from govnet_graph.ledgers.kinds.offers import NEEDS, PAIRINGS, RESOURCES, SERVICES
from govnet_graph.ledgers.kinds.people import MEMBERS, RESERVES, WORKERS
from govnet_graph.ledgers.terms import LedgerKind

_ALL = (AREAS, CHAIN, PAIRINGS, UNITS, MEMBERS, WORKERS, RESERVES, RESOURCES, SERVICES, CASES, ACTIVITIES, NEEDS)
KINDS: Mapping[str, LedgerKind] = {kind.id: kind for kind in _ALL}

_LEVELS = {
    "district": ("District", ""),
    "street": ("Street", "street"),
    "town": ("Street", "town"),
    "community": ("Community", "community"),
    "village": ("Community", "village"),
    "grid": ("Grid", ""),
}
_DIGITS = {6: "district", 9: "street", 12: "community", 15: "grid"}
_TOWN = ("镇", "乡", "苏木")
_VILLAGE = ("村", "嘎查", "村委会", "村民委员会")


def kind_of(kind_id: str) -> LedgerKind:
    """The kind of that id. Raises NotFound with the ids that there are."""
    try:
        return KINDS[kind_id]
    except KeyError:
        raise NotFound(f"{kind_id!r} is no kind of ledger", hint=f"Kinds are {', '.join(KINDS)}.") from None


def level_of(code: str, name: str, level: str = "") -> tuple[str, str]:
    """(label, ``kind``) of an area: exact from its level or the length of its code, else heuristic from its name.

    Official lists call towns streets, so a name that ends like a town's decides there. Two empty texts where nothing
    tells.

    >>> level_of("210902003013001", ""), level_of("", "韩家店镇", "street"), level_of("", "爱民社区")
    (('Grid', ''), ('Street', 'town'), ('Community', 'community'))
    """
    found = level or _DIGITS.get(len(code), "")
    if not found:
        ends = (("网格", "grid"), ("社区", "community"), ("街道", "street"), *((end, "village") for end in _VILLAGE))
        found = next((value for end, value in ends if name.endswith(end)), "town" if name.endswith(_TOWN) else "")
    if found == "street" and name.endswith(_TOWN):
        found = "town"
    if found == "community" and not level and name.endswith(_VILLAGE):
        found = "village"
    return _LEVELS.get(found, ("", ""))


__all__ = ["KINDS", "kind_of", "level_of"]
