"""What Open311 GeoReport v2 speaks of, and its errors.

References
----------
GeoReport v2, https://wiki.open311.org/GeoReport_v2/; Service Discovery, https://wiki.open311.org/Service_Discovery/
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govnet_graph.errors import GovnetError

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
MOST_DAYS = 90
MOST_REQUESTS = 1000
MAX_DESCRIPTION = 4000
OPEN, CLOSED = "open", "closed"
Request = Mapping[str, Any]


class Open311Problem(GovnetError):
    """A request that cannot be answered, with the status that the specification gives it: 400, 403 or 404."""

    code = "bad-request"

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of report that can be made: a kind of case."""

    code: str
    name: str
    description: str
    group: str
    keywords: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """As the list of services has it. All are ``realtime`` and take no attributes of their own."""
        return {
            "service_code": self.code, "service_name": self.name, "description": self.description, "metadata": False,
            "type": "realtime", "keywords": ",".join(self.keywords), "group": self.group,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for. Ids override all else; moments have a zone and are inclusive."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    page: int = 1
    size: int = MOST_REQUESTS
