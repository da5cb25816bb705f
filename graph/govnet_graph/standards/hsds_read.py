"""Reads HSDS 3: services and organizations in full, one by one, in pages or as lists, and what ``hsds_write`` wrote.

Everything that the file holds becomes a record or is named with the reason why not.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from govnet_graph.standards import reasons
from govnet_graph.standards.extension import KEY
from govnet_graph.standards.hsds_write import CODE_TYPE
from govnet_graph.standards.mapping import mapping, reason_unread
from govnet_graph.standards.model import FileUnreadable, Records
from govnet_graph.standards.popolo_write import BODIES, CREDIT_CODE
from govnet_graph.standards.taking import Builder, Item, document, identifier

_reason = partial(reason_unread, "hsds")
_CODE = re.compile(r"\d{6,15}")
#: Fields of a page that say what it is.
PAGE = (
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "version",
    "profile",
    "openapi_url",
)
#: What tells the parts of a schedule, in the order in which they are said.
_WHEN = ("freq", "byday", "bymonthday", "opens_at", "closes_at", "valid_from", "valid_to", "dtstart", "until")


def read_hsds(content: bytes, *, name: str = "") -> Records:
    """The records of an HSDS file in JSON.

    Parameters
    ----------
    content : bytes
        A service or an organization in full, a list of them, or a page (``{"contents": […]}``).
    name : str
        Name of the file, which becomes the name of the Source that all records rest on.

    Returns
    -------
    Records
        Relationships may lead to ids that are not in the file (``Records.elsewhere``): areas are named by their
        statistical codes.

    Raises
    ------
    FileUnreadable
        It is not JSON, is too large, or holds nothing of the kind.
    """
    told = document(content, "HSDS")
    top = Item(told if isinstance(told, dict) else {"contents": told}, "", lambda path, reason: to.leave(path, reason))
    to = Builder(content, name, "HSDS")
    lists = [field for field in ("contents", "services", "organizations") if isinstance(top.take(field), list)]
    one = isinstance(told, dict) and isinstance(told.get("id"), str)
    if not lists and not one:
        raise FileUnreadable(
            "The file is not HSDS: it is no service, organization, list or page of these.",
            hint="Give JSON as it was published.",
        )
    reading = _Reading(to)
    if one:
        reading.anything(Item(told, "", to.leave))
    else:
        for field in (*PAGE, KEY):
            top.take(field)
        for field in lists:
            for item in top.items(field):
                reading.anything(item)
        top.finish(_reason)
    return to.records()


class _Reading:
    def __init__(self, to: Builder) -> None:
        self._to = to
        self._bodies: dict[str, str | None] = {}
        self._terms: dict[str, str | None] = {}

    def anything(self, item: Item) -> None:
        """A service, or an organization with its services: what has a status is a service."""
        if item.text("status"):
            self._service(item, None)
        else:
            body = self._organization(item)
            for service in item.items("services"):
                self._service(service, body)
            item.finish(_reason)

    @staticmethod
    def _id(item: Item, prefix: str) -> str | None:
        """The id that the graph had given it, else one made from the publisher's."""
        own, raw = item.extra.get("id"), item.text("id")
        return own if isinstance(own, str) else identifier(f"{prefix}{raw}") if raw else None

    def _service(self, item: Item, outer: str | None) -> None:
        id_, name = self._id(item, "res-"), item.text("name")
        status = item.text("status")
        if id_ is None or name is None:
            item.leave_all(reasons.needs_id_and_name("服务", "a service"))
            return
        props: dict[str, Any] = {"name": name, "terms": item.text("eligibility_description")}
        props["note"] = item.text("description") if item.label is None else None
        alias = item.text("alternate_name")
        if alias and not item.carried("aliases"):
            props["aliases"] = [alias]
        if item.label is None:
            props |= {"kind": mapping("hsds")["kinds"], "inferred": True}
            if status != "active":
                item.leave("status", reasons.no_end(status))
        schedules = [text for text in map(self._schedule, item.items("schedules")) if text]
        props["schedule"] = "; ".join(schedules) or None
        resource = self._to.node("Resource", id_, props, item)
        body = item.item("organization")
        offerer = self._offerer(body) if body else outer
        if body is None and outer is None:
            raw = item.text("organization_id")
            offerer = self._bodies.get(raw) if raw else None
            if raw and offerer is None:
                item.leave("organization_id", reasons.NO_BODY)
        item.take("organization_id")
        if resource:
            if offerer:
                self._to.edge("OFFERS", offerer, resource, {}, item, body.extra.get("offer") if body else None)
            for at, more in enumerate(item.extra.get("offers") or ()):
                other = Item(more, f"{item.path}/{KEY}/offers/{at}", self._to.leave)
                start = self._offerer(other)
                if start:
                    self._to.edge("OFFERS", start, resource, {}, other, other.extra.get("offer"))
            self._around(item, resource)
        item.finish(_reason)

    def _offerer(self, body: Item) -> str | None:
        found = self._organization(body)
        body.finish(_reason)
        return found

    def _schedule(self, item: Item) -> str | None:
        """A schedule as one text: its description, else its parts."""
        item.take("id")
        text = item.text("description")
        parts = [f"{field} {value}" for field in _WHEN if (value := item.text(field))]
        item.finish(_reason)
        return "; ".join([*([text] if text else []), *([" ".join(parts)] if parts else [])]) or None

    def _organization(self, item: Item) -> str | None:
        id_, name, raw = self._id(item, "org-"), item.text("name"), item.text("id")
        if raw in self._bodies:
            item.take_all()
            return self._bodies[raw]
        if id_ is None or name is None:
            item.leave_all(reasons.needs_id_and_name("组织", "an organization"))
            return None
        props: dict[str, Any] = {"name": name}
        label = item.label if item.label in BODIES else "Organization"
        other, said = item.text("alternate_name"), item.text("description")
        if item.label is None:
            props |= {
                "kind": "social-organization",
                "inferred": True,
                "note": said,
                "aliases": [other] if other else None,
            }
        else:
            props["name_en"] = other
        for code in item.items("organization_identifiers"):
            code.take("id")
            kind, value = code.text("identifier_type"), code.text("identifier")
            if kind == CREDIT_CODE and label == "Unit":
                props["credit_code"] = value
            elif value:
                self._to.leave(code.path, reasons.other_identifier("type", kind))
            code.finish(_reason)
        found = self._to.node(str(label), id_, props, item)
        if raw:
            self._bodies[raw] = found
        return found

    def _around(self, item: Item, resource: str) -> None:
        """What the service reaches, where it is and what it gives."""
        for area in item.items("service_areas"):
            area.take("id")
            extent, scheme = area.text("extent"), area.text("extent_type")
            ours = extent is not None and _CODE.fullmatch(extent) and scheme in (None, CODE_TYPE)
            end = area.extra.get("to") or (extent if ours else None)
            if isinstance(end, str):
                area.take("name")
                self._to.edge("SERVES", resource, identifier(end), {}, area, area.extra)
            elif extent:
                area.leave("extent", reasons.BY_CODE)
            area.finish(_reason)
        for place in item.items("service_at_locations"):
            self._place(place, resource)
        for attribute in item.items("attributes"):
            attribute.take("id")
            attribute.take("link_entity")
            term = attribute.item("taxonomy_term")
            service = self._term(term) if term else None
            if service:
                self._to.edge("PROVIDES", resource, service, {}, attribute, attribute.extra)
            attribute.finish(_reason)

    def _place(self, place: Item, resource: str) -> None:
        place.take("id")
        location = place.item("location")
        if location is not None:
            code, scheme = location.text("external_identifier"), location.text("external_identifier_type")
            ours = code is not None and _CODE.fullmatch(code) and scheme in (None, CODE_TYPE)
            end = place.extra.get("to") or (code if ours else None)
            for field in ("id", "location_type"):
                location.take(field)
            if isinstance(end, str):
                for field in ("name", "description"):
                    location.take(field)
                self._to.edge("LOCATED_IN", resource, identifier(end), {}, place, place.extra)
            else:
                location.leave_all(reasons.NO_AREA)
            location.finish(_reason)
        place.finish(_reason)

    def _term(self, item: Item) -> str | None:
        """A taxonomy term as a Service of the code list."""
        code, name = item.text("code"), item.text("name")
        id_ = self._id(item, "svc-")
        item.take("taxonomy")
        said = item.text("description")
        if id_ is None or name is None:
            item.leave_all(reasons.needs_id_and_name("分类项", "a taxonomy term"))
            return None
        if id_ in self._terms:
            item.take_all()
            return self._terms[id_]
        props: dict[str, Any] = {"name": name, "code": code or id_}
        if item.label is None:
            props |= {"group": "everyone", "inferred": True, "note": said}
        found = self._to.node("Service", id_, props, item)
        self._terms[id_] = found
        item.finish(_reason)
        return found


__all__ = ["PAGE", "read_hsds"]
