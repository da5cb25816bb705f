"""Documents as answers: their media types, names to keep them by, and a policy under which their own style applies."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Response

from govnet_api.negotiate import DOCX, HTML, JSON, XLSX
from govnet_graph.documents import STYLE_SOURCE

#: Media types of documents by their form.
MEDIA = {"json": JSON, "html": HTML, "docx": DOCX, "xlsx": XLSX}
_POLICY = f"default-src 'none'; style-src {STYLE_SOURCE}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def as_file(content: bytes, form: str, name: str, headers: Mapping[str, str]) -> Response:
    """A document in one of the forms of ``MEDIA``; those that no browser shows are to be kept under ``name``."""
    own = dict(headers)
    if form in ("docx", "xlsx"):
        own["content-disposition"] = f'attachment; filename="{name}.{form}"'
    if form == "html":
        own["content-security-policy"] = _POLICY
    return Response(content, 200, own, MEDIA[form] + ("; charset=utf-8" if form == "html" else ""))
