"""The mapping tables: how the graph and each standard correspond, as data. ``as_markdown`` is what the documentation shows."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from govnet_graph.standards import reasons
from govnet_graph.standards.reasons import Why

_FOLDER = Path(__file__).parent / "mappings"
STANDARDS = ("popolo", "hsds", "org")


@lru_cache(maxsize=8)
def mapping(standard: str) -> dict[str, Any]:
    """The table of one of ``STANDARDS``."""
    found: dict[str, Any] = yaml.safe_load((_FOLDER / f"{standard}.yaml").read_text(encoding="utf-8"))
    return found


def fields(standard: str, what: str) -> dict[str, str]:
    """Properties that are copied as they are: ours by name, to theirs."""
    found: dict[str, str] = mapping(standard)["objects"][what]["fields"]
    return found


def reason_unread(standard: str, field: str) -> Why:
    """Why a field of a file is not imported, in one line."""
    unread = mapping(standard)["unread"]
    if field in unread["personal"]:
        return reasons.FIELDS[reasons.PERSONAL]
    if field in unread["elsewhere"]:
        return reasons.FIELDS[reasons.NO_PLACE]
    return reasons.not_read(mapping(standard)["standard"])


def as_markdown(standard: str) -> str:
    """The table of one standard for people: what becomes what, and what is lost."""
    told = mapping(standard)
    out = [f"## {told['standard']} {told['version']}\n"]
    for name, item in told["objects"].items():
        labels = f" ({', '.join(item['labels'])})" if item["labels"] else ""
        out.append(f"\n### {name}{labels}\n\n| 图谱 · graph | {told['standard']} |\n|---|---|\n")
        out += [f"| `{ours}` | `{theirs}` |\n" for ours, theirs in item["fields"].items()]
        out += [f"| {row['ours']} | {row['theirs']} |\n" for row in item["rows"]]
    out.append("\n### 没有对应项 · Losses\n\n")
    out += [f"- {loss['zh']}。{loss['en']}.\n" for loss in told["losses"]]
    return "".join(out)
