"""The frame of the few pages that the API itself serves; all text in it is escaped by its makers."""

from __future__ import annotations

from html import escape

from fastapi import Response

from govnet_api.texts import say

_FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · govnet</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/page.css">
</head>
<body>
<header><a href="/?lang={short}">govnet {name}</a><nav><a href="/docs">{docs}</a> <a href="?lang={other}" hreflang="{other}">{switch}</a></nav></header>
<main>
{body}
</main>
</body>
</html>
"""


def html(title: str, body: str, language: str, status: int = 200) -> Response:
    """A page around a body that is HTML already."""
    text = _FRAME.format(
        lang="en" if language == "en" else "zh-CN", short=language, title=escape(title), name=escape(say("frame.name", language)),
        docs=escape(say("frame.docs", language)), other="zh" if language == "en" else "en", switch=escape(say("frame.switch", language)), body=body,
    )  # fmt: skip
    headers = {
        "content-language": "en" if language == "en" else "zh-CN",
        "vary": "Accept, Accept-Language",
        "cache-control": "private, no-cache",
    }
    return Response(text.encode(), status, headers, "text/html")
