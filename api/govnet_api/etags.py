"""Entity tags: a hash of everything that decides an answer, so that an unchanged one need not be computed again.

The tag rests on the data version, not on the body. A conditional request therefore costs one cheap read of the version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

_TAG = re.compile(r'\s*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')


def etag(data_version: int, day: dt.date, request: bytes) -> str:
    """The strong tag of one representation.

    Parameters
    ----------
    data_version : int
        Version of the data.
    day : date
        What ``today`` means, the default of ``as_of``.
    request : bytes
        Everything else: text of the question, program version, path, parameters, media type, rights of the caller.
    """
    return (
        '"' + hashlib.blake2b(b"%d %d %b" % (data_version, day.toordinal(), request), digest_size=12).hexdigest() + '"'
    )


def names_any(if_none_match: str) -> bool:
    """Whether the header means any representation at all."""
    return if_none_match.strip() == "*"


def names(if_none_match: str, tag: str) -> bool:
    """Whether the header lists the tag (weak comparison, as RFC 9110 asks for If-None-Match)."""
    return any(found == tag for found in _TAG.findall(if_none_match))
