"""The text that search reads: names and aliases as they are, in pinyin, and as pinyin initials.

A member's text holds only the public title, so that no search can find out a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from pypinyin import lazy_pinyin

_MASKED = ("Member",)
# There are many and all are called alike, so they are found by their ids alone.
_UNNAMED = ("CaseStep",)
_OTHER = "\0"


def fold(text: str) -> str:
    """Text as search compares it: compatibility forms unified (full-width digits become plain), lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@lru_cache(maxsize=65_536)
def _pinyin(text: str) -> tuple[str, str]:
    """(full pinyin without spaces or tones, initials); heuristic for characters with several readings."""
    # What is not Chinese comes through as it is, marked, so that it is not cut down to a first letter.
    syllables = lazy_pinyin(text, errors=lambda rest: _OTHER + rest)
    full = "".join(syllables).replace(_OTHER, "")
    return full, "".join(s[1:] if s.startswith(_OTHER) else s[:1] for s in syllables)


def search_text(label: str, node_id: str, props: Mapping[str, object]) -> str:
    """The search text of one node: parts joined by ``|``, each folded.

    >>> search_text("Community", "210902003013", {"name": "爱民社区"})
    '210902003013|爱民社区|aiminshequ|amsq'
    """
    names = [props.get("title")] if label in _MASKED else [props.get("name"), props.get("name_en"), *_aliases(props)]
    if label in _UNNAMED:
        names = []
    parts = [node_id.lower()]
    for name in names:
        if isinstance(name, str) and name:
            folded = fold(name)
            parts += [folded, *(part for part in _pinyin(folded) if part != folded)]
    return "|".join(dict.fromkeys(parts))


def _aliases(props: Mapping[str, object]) -> list[str]:
    aliases = props.get("aliases")
    return aliases if isinstance(aliases, list) else []
