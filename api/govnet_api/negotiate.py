"""Which media type a caller wants, by the Accept header alone."""

from __future__ import annotations

from functools import lru_cache

JSON = "application/json"
CSV = "text/csv"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GRAPHML = "application/graphml+xml"
GEXF = "application/gexf+xml"
ANSWERS = (JSON, CSV, XLSX, DOCX, GRAPHML, GEXF)
#: What the parameter ``format`` may say in the place of the Accept header, for links that cannot send one.
NAMED = {"json": JSON, "csv": CSV, "xlsx": XLSX, "docx": DOCX, "graphml": GRAPHML, "gexf": GEXF}


@lru_cache(maxsize=512)
def choose(accept: str, offers: tuple[str, ...]) -> str | None:
    """The best of the offers, in the server's order where the caller has no preference; None when none is acceptable.

    >>> choose("text/csv, application/json;q=0.5", ANSWERS)
    'text/csv'
    >>> choose("*/*", ANSWERS)
    'application/json'
    >>> choose("image/png", ANSWERS) is None
    True
    """
    if not accept.strip():
        return offers[0]
    ranges = [parsed for parsed in map(_range, accept.split(",")) if parsed is not None]
    weighed = [(_quality(offer, ranges), -position, offer) for position, offer in enumerate(offers)]
    quality, _, offer = max(weighed)
    return offer if quality > 0 else None


def _range(text: str) -> tuple[str, float] | None:
    """One media range with its quality; ranges that ask for a parameter we do not have still name our type."""
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    if media.count("/") != 1:
        return None
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
            if quality != quality:  # not a number
                quality = 0.0
    return media, quality


def _quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """The quality that the most specific matching range gives the offer; 0 where none matches."""
    for wanted in (offer, offer.split("/")[0] + "/*", "*/*"):
        found = [quality for media, quality in ranges if media == wanted]
        if found:
            return max(found)
    return 0.0


@lru_cache(maxsize=256)
def language(accept_language: str) -> str:
    """``zh`` unless English is preferred.

    >>> language("en-GB,en;q=0.9,zh;q=0.3"), language("zh-CN,en;q=0.8"), language("")
    ('en', 'zh', 'zh')
    """
    best = {"zh": 0.0, "en": 0.0}
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().lower().partition(";")
        name, _, value = parameters.strip().partition("=")
        try:
            quality = float(value) if name == "q" else 1.0
        except ValueError:
            continue
        primary = tag.split("-")[0]
        if primary in best:
            best[primary] = max(best[primary], quality)
    return "en" if best["en"] > best["zh"] else "zh"
