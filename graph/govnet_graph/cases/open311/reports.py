"""A report that somebody files, as a case to be raised.

Who filed it is not kept: name, telephone, e-mail, device and account are read and forgotten, and the answer says so. The
words of the report and its exact place are kept as personal data; the case is named after its kind and area, because words
of residents may name people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from govnet_graph.cases.model import NewCase
from govnet_graph.cases.open311.model import MAX_DESCRIPTION, Open311Problem, Service
from govnet_graph.schema import Text
from govnet_graph.store.driver import Graph

PERSONAL = ("email", "device_id", "account_id", "first_name", "last_name", "phone")
_TAKEN = frozenset(
    {"jurisdiction_id", "api_key", "service_code", "lat", "long", "address_string", "address_id", "description", "media_url", *PERSONAL}
)  # fmt: skip
_ATTRIBUTE = re.compile(r"attribute\[")
_MOST_FIELDS = 60
_MAX_ADDRESS = 500
_MAX_URL = 2000
_AREAS = """
MATCH (a:Entity) WHERE (a:Grid OR a:Community OR a:Street OR a:District) AND a.until IS NULL
  AND ($id IS NULL OR a.id = $id)
RETURN a.id, a.name, coalesce(a.aliases, [])
"""
#: An area's name shorter than this could stand in an address by chance.
_SHORTEST = 3
FORGOTTEN = Text(
    "已受理。姓名、电话、邮箱、设备与账号不予保存。",
    "Received. Name, telephone, e-mail, device and account are not kept.",
)
UNPLACED = Text(
    "未能确定所在网格，已登记在全区，由工作人员核实地点。",
    "Its grid could not be told, so it is filed for the whole district until somebody finds the place.",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was filed, once its form was found right. ``place`` is an area that was named by its id, else empty."""

    service: Service
    place: str
    address: str
    description: str
    latitude: float | None
    longitude: float | None


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form. A field that is empty is one that was left out. Raises Open311Problem."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Open311Problem(400, "The form is not valid UTF-8, or has too many fields.") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if _ATTRIBUTE.match(name):
            raise Open311Problem(
                400, f"{name[:60]}: no service takes attributes here.", "metadata is false for all services."
            )
        if name not in _TAKEN:
            raise Open311Problem(400, f"{name[:60]!r} is no field of a report.")
        if name in found:
            raise Open311Problem(400, f"{name} is given twice.")
        if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise Open311Problem(400, f"{name} holds a character that no text has.")
        found[name] = value.strip()
    return {name: value for name, value in found.items() if value}


def report_of(given: Mapping[str, str], known: Sequence[Service]) -> Report:
    """The report in a form. Raises Open311Problem for what the specification refuses."""
    code = given.get("service_code", "")
    if not code:
        raise Open311Problem(400, "service_code was not provided.")
    service = next((one for one in known if one.code == code), None)
    if service is None:
        raise Open311Problem(404, f"service_code {code[:60]!r} was not found.")
    latitude, longitude = _degrees(given, "lat", 90), _degrees(given, "long", 180)
    if (latitude is None) != (longitude is None):
        raise Open311Problem(400, "lat and long are sent together or not at all.")
    place, address = given.get("address_id", ""), given.get("address_string", "")
    if latitude is None and not place and not address:
        raise Open311Problem(400, "A location is needed: lat and long, address_string, or address_id.")
    if len(address) > _MAX_ADDRESS:
        raise Open311Problem(400, f"address_string has more than {_MAX_ADDRESS} characters.")
    description = given.get("description", "")
    if len(description) > MAX_DESCRIPTION:
        raise Open311Problem(400, f"description has more than {MAX_DESCRIPTION} characters.")
    media = given.get("media_url", "")
    if media and (not re.match(r"https?://[^\s<>\"]+$", media) or len(media) > _MAX_URL):
        raise Open311Problem(400, "media_url is no http or https address.")
    words = "\n".join(part for part in (description, media) if part)
    return Report(service, place, address, words, latitude, longitude)


def _degrees(given: Mapping[str, str], name: str, most: int) -> float | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        value = float(text) if re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,20})?", text, re.ASCII) else 1e9
    except ValueError:
        value = 1e9
    if not -most <= value <= most:
        raise Open311Problem(400, f"{name} {text[:40]!r} is no number of degrees between -{most} and {most}.")
    return value


async def located(graph: Graph, report: Report, home: str) -> tuple[str, str, bool]:
    """(area, its name, whether it was told) of a report: by address_id, else by the one area that its address names, else the district.

    Raises Open311Problem where address_id is no area. Heuristic for addresses: the most exact area whose name stands in it,
    if there is one only.
    """
    if report.place:
        rows = await graph.read(_AREAS, {"id": report.place})
        if not rows:
            raise Open311Problem(404, f"address_id {report.place[:60]!r} was not found.", "It is the code of an area.")
        return str(rows[0][0]), str(rows[0][1]), True
    rows = await graph.read(_AREAS, {"id": None})
    area = area_in(report.address, [(id_, name, names) for id_, name, names in rows]) or home
    name = next((str(called) for id_, called, _ in rows if id_ == area), "")
    return area, name, area != home


def area_in(address: str, areas: Sequence[tuple[str, str, Sequence[str]]]) -> str:
    """The most exact area that an address names; empty where it names none, or two that do not lie in each other.

    >>> area_in("海州区 爱民社区 3号楼", [("210902", "海州区", []), ("210902003013", "爱民社区", [])])
    '210902003013'
    """
    named = {
        id_
        for id_, name, aliases in areas
        for word in (name, *aliases)
        if word and len(word) >= _SHORTEST and word in address
    }
    # Each code begins with those of the areas that it lies in.
    inmost = [id_ for id_ in named if not any(other != id_ and other.startswith(id_) for other in named)]
    return inmost[0] if len(inmost) == 1 else ""


def case_of(report: Report, area: str, area_name: str, *, author: str, key: str) -> NewCase:
    """The case that a report raises."""
    return NewCase(
        name=f"{area_name}{report.service.name}", area=area, kind=report.service.code, channel="resident", author=author, key=key,
        description=report.description, address=report.address, latitude=report.latitude, longitude=report.longitude,
    )  # fmt: skip
