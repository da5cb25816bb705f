"""Answers as XML and JSON. The JSON is the XML's structure by the Spark convention, so one value makes both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson

#: Names of the element of one item in a list, by that of the list.
_ITEMS = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute", "values": "value",
    "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
MEDIA = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}


def written(root: str, value: Any, form: str) -> bytes:
    """A value as ``json`` or ``xml``; ``root`` names the outermost element, which JSON has not.

    >>> written("services", [{"service_code": "road", "metadata": False, "group": None}], "xml").splitlines()[1].decode()
    '<services><service><service_code>road</service_code><metadata>false</metadata><group /></service></services>'
    >>> written("services", [{"service_code": "road"}], "json").decode()
    '[{"service_code":"road"}]'
    """
    if form == "json":
        return orjson.dumps(value)
    element = Element(root)
    _fill(element, value)
    body: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return body


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, item in value.items():
            _fill(SubElement(element, name), item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _fill(SubElement(element, _ITEMS[element.tag]), item)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = "".join(c for c in str(value) if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
