"""Entity tags: what decides an answer decides its tag."""

from __future__ import annotations

import datetime as dt

import pytest

from govnet_api.etags import etag, names, names_any

DAY = dt.date(2026, 6, 1)
TAG = etag(7, DAY, b"units")


def test_the_same_request_on_the_same_data_has_the_same_tag():
    assert etag(7, DAY, b"units") == TAG
    assert TAG.startswith('"') and TAG.endswith('"') and TAG.isascii()


@pytest.mark.parametrize("other", [(8, DAY, b"units"), (7, dt.date(2026, 6, 2), b"units"), (7, DAY, b"grids")])
def test_another_version_day_or_request_has_another_tag(other):
    assert etag(*other) != TAG


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (TAG, True),
        (f"W/{TAG}", True),
        (f'"a", {TAG} , "b"', True),
        (f'"a,b",{TAG}', True),
        ('"a"', False),
        ("", False),
        (TAG.strip('"'), False),
        (f'"x{TAG[1:]}', False),
        ("*", False),
    ],
)
def test_a_header_is_read_as_a_list_of_tags(header, expected):
    assert names(header, TAG) is expected


def test_a_star_means_any():
    assert names_any(" * ")
    assert not names_any(TAG)
