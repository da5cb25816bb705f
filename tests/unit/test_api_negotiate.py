"""Media types and languages by header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_api.negotiate import ANSWERS, CSV, HTML, JSON, choose, language


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv;q=0.5, application/json", JSON),
        ("application/json;q=0, */*", CSV),
        ("text/csv; charset=utf-8", CSV),
        ("text/csv;q=0, application/json;q=0", None),
        ("text/html", None),
        ("nonsense", None),
        ("application/json;q=nonsense", None),
        ("application/json;q=nan", None),
    ],
)
def test_the_accept_header_decides(accept, expected):
    assert choose(accept, ANSWERS) == expected


def test_a_browser_gets_a_page_where_there_is_one():
    assert choose("text/html,application/xhtml+xml,*/*;q=0.8", (JSON, HTML)) == HTML
    assert choose("*/*", (JSON, HTML)) == JSON


@given(st.text(max_size=60))
def test_any_header_is_read_without_an_error(text):
    assert choose(text, ANSWERS) in (*ANSWERS, None)
    assert language(text) in ("zh", "en")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh"),
        ("fr", "zh"),
        ("en", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.5", "en"),
        ("en;q=x", "zh"),
    ],
)
def test_chinese_comes_first(header, expected):
    assert language(header) == expected
