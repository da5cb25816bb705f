"""What the model's own terms are called in both languages: labels, relationships, properties, closed values, codes in answers, ledgers."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import orjson
from fastapi import FastAPI

from govnet_api.contract import document
from govnet_api.fixed import fixed, without_query
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.words import WORDS, terms
from govnet_graph.questions.terms import short
from govnet_graph.schema import SCHEMA

Told = dict[str, dict[str, str]]
_WORD = {
    "type": "object", "additionalProperties": {
        "type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}, "required": ["zh", "en"],
    },
}  # fmt: skip
_ROOMS = ("labels", "relationships", "properties", "values", "ledgers", "terms")
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": dict.fromkeys(_ROOMS, _WORD),
    "required": list(_ROOMS),
}


def _shared(names: list[str]) -> str:
    """What a property is called whoever holds it: how most of its names end; where all end differently the shortest.

    >>> _shared(["楼栋种类", "街道还是镇", "单位种类"]), _shared(["角色", "关联描述"])
    ('种类', '角色')
    """
    end, count = Counter(name[-2:] for name in names).most_common(1)[0]
    return end if count > 1 and len(set(names)) > 1 else min(names, key=len)


def words() -> dict[str, Told]:
    """Every term by its name in the graph; properties also by ``Label.property``, values by ``Label.property.value``."""
    held: dict[str, list[str]] = {}
    properties: Told = {}
    owners = [(node.label, node.properties) for node in SCHEMA.nodes.values()]
    owners += [(kind.type, kind.properties) for kind in SCHEMA.relationships.values()]
    for owner, own in owners:
        for p in own:
            properties[f"{owner}.{p.name}"] = dataclasses.asdict(short(p.text))
            held.setdefault(p.name, []).append(short(p.text).zh)
    properties |= {name: {"zh": _shared(told), "en": name.replace("_", " ")} for name, told in held.items()}
    values = {
        f"{owner}.{name}.{value}": {"zh": said[0], "en": value.replace("-", " ")}
        for (owner, name), found in WORDS.items()
        for value, said in found.items()
    }
    return {
        # In English the term itself is the shortest name; the description is the dictionary's.
        "labels": {label: {"zh": short(node.text).zh, "en": label} for label, node in SCHEMA.nodes.items()},
        "relationships": {
            type_: {"zh": short(kind.text).zh, "en": type_.replace("_", " ").lower()}
            for type_, kind in SCHEMA.relationships.items()
        },
        "properties": properties,
        "values": values,
        "terms": {code: {"zh": text.zh, "en": text.en} for code, text in terms().items()},
        "ledgers": {kind.id: {"zh": kind.text.zh, "en": kind.text.en} for kind in KINDS.values()},
    }


def register(app: FastAPI) -> None:
    """Adds ``/api/v1/words``."""
    spec = document.plain(
        "模型用语的名称 · What the terms of the model are called",
        _SCHEMA,
        guarded=True,
        codes=("not-acceptable", "bad-parameter"),
    )
    add(
        app,
        f"{PREFIX}/words",
        without_query(fixed(lambda: orjson.dumps(words()))),
        name="get_words",
        tag="system",
        spec=spec,
    )
