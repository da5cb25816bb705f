"""Texts that people read, in both languages, from one catalogue file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from govnet_graph.schema import SchemaError, Text

LANGUAGES = ("zh", "en")


@cache
def texts() -> dict[str, Text]:
    """Every text by key. Raises SchemaError where a language is empty, or where an unquoted comma cut a text short."""
    raw = yaml.safe_load((files("govnet_api") / "texts.yaml").read_text(encoding="utf-8"))
    cut = [key for key, value in raw.items() if set(value) != set(LANGUAGES)]
    if cut:
        raise SchemaError(f"texts.yaml: {', '.join(cut)} must hold zh and en alone; quote a text with a comma in it")
    return {key: Text(str(value["zh"]), str(value["en"])) for key, value in raw.items()}


def say(key: str, language: str, **values: object) -> str:
    """One text, with its ``{placeholders}`` filled in."""
    text = texts()[key]
    return (text.en if language == "en" else text.zh).format(**values)
