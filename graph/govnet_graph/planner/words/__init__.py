"""What results say, in both languages: one catalogue, in the ``.yaml`` files beside this module, one file per family of results.

A text may hold ``{placeholders}``. A test proves that no text is empty, unused or in one language only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from govnet_graph.schema import SchemaError, Text


@cache
def catalogue() -> Mapping[str, Text]:
    """Every text by key. Raises SchemaError where a language is empty or a key stands twice."""
    found: dict[str, Text] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                if key in found:
                    raise SchemaError(f"the text {key} stands twice")
                found[key] = Text(str(value.get("zh", "")), str(value.get("en", "")))
    return found


def say(key: str, language: str, **values: object) -> str:
    """One text, with its ``{placeholders}`` filled in."""
    text = catalogue()[key]
    return (text.en if language == "en" else text.zh).format(**values)
