"""The investigator's kit without a database: style, guides, favourites, presets, and how the API serves them."""

from __future__ import annotations

import html
import itertools
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from govnet_graph import browser
from govnet_graph.browser.style import KEPT, LINKS, LOOKS, luminance, text_on
from govnet_graph.questions import catalogue, pasteable, views
from govnet_graph.questions.paste import filled
from govnet_graph.schema import SCHEMA
from tests.served import Rows, application, client_of, member

# Machado, Oliveira and Fernandes 2009: how the three common colour blindnesses see linear RGB, at full severity.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
OFTEN_TOGETHER = ("Street", "Community", "Grid", "Organization", "Unit", "Member", "Resource", "Need")


@pytest.fixture
def client(tmp_path):
    with client_of(application(tmp_path, Rows([member(n) for n in range(3)]))) as made:
        yield made


def _lab(colour: str, seen: list[list[float]] | None = None) -> np.ndarray:
    """CIE L*a*b* (D65) of ``#RRGGBB``, as somebody with a colour blindness sees it."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    if seen is not None:
        linear = np.clip(np.array(seen) @ linear, 0, 1)
    xyz = (_XYZ @ linear) / (_XYZ @ np.ones(3))
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_style_names_the_whole_schema():
    text = browser.style()
    assert set(LOOKS) == set(SCHEMA.nodes) and set(LINKS) <= set(SCHEMA.relationships)
    assert re.findall(r"^node\.(\w+) \{$", text, re.MULTILINE) == [*SCHEMA.nodes, *KEPT]
    assert re.findall(r"^relationship\.(\w+) \{$", text, re.MULTILINE) == list(SCHEMA.relationships)
    assert text.count("caption: '{name}'") == len(SCHEMA.nodes) and text.count("{") - text.count("}") == 0
    assert re.search(r"node\.Entity\.Member \{\s+caption: '\{title\}'", text), (
        "a member is captioned by role, not by name"
    )


def test_captions_can_be_read():
    for colour, _ in LOOKS.values():
        light, dark = sorted((luminance(colour), luminance(text_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


@pytest.mark.parametrize("blindness", [None, *BLINDNESS])
def test_what_is_drawn_together_can_be_told_apart(blindness):
    """By colour (difference of 10 or more, CIE 1976), or by size where one hue is shared."""
    seen = BLINDNESS.get(blindness)
    for one, other in itertools.combinations(OFTEN_TOGETHER, 2):
        (a, small), (b, large) = LOOKS[one], LOOKS[other]
        apart = float(np.linalg.norm(_lab(a, seen) - _lab(b, seen)))
        assert apart >= 10 or abs(small - large) >= 10, (one, other, blindness, apart)


class _Balance(HTMLParser):
    """Counts tags, so that a guide that is cut or closed wrongly is noticed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.slides = 0

    def handle_starttag(self, tag, _attrs):
        self.slides += tag == "slide"
        if tag != "br":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_guides_are_well_formed_and_whole():
    for text, slides in [
        (browser.guide(), 5 + len(browser.investigation().steps)),
        *((browser.room_guide(room), 1 + sum(q.area is room for q in catalogue().values())) for room in browser.ROOMS),
    ]:
        balance = _Balance()
        balance.feed(text)
        assert balance.open == [] and balance.slides == slides
    everything = html.unescape("".join(browser.room_guide(room) for room in browser.ROOMS))
    for asked in catalogue().values():
        assert pasteable(asked, browser.example(asked)).rstrip() in everything
    for view in views().values():
        assert pasteable(view, browser.example(view.question)).rstrip() in everything


def test_presets_set_what_questions_take():
    shared = browser.shared_presets()
    types = {name: {p.type for q in catalogue().values() for p in q.parameters if p.name == name} for name in shared}
    assert all(len(found) == 1 for found in types.values()) and {"as_of", "limit", "skip", "area", "unit"} <= set(
        shared
    )
    assert "from" not in shared  # a day in one question, an entity in another
    lines = [line for line in browser.presets_file().splitlines() if line.startswith(":param ")]
    assert [line.split()[1] for line in lines] == list(shared)


def test_only_parameters_become_literals():
    text = """RETURN '$a', "it's $a", `$a`, $a /* $a */ // $a\n, 'x\\'$a', $ab"""
    assert filled(text, {"a": "v'", "ab": None}) == text.replace(", $a /*", ', "v\'" /*').replace("$ab", "null")


def test_a_page_of_another_origin_may_read_the_kit(client):
    for name, kind in (("guide", "text/html"), ("guide-coverage", "text/html"), ("govnet.grass", "text/plain")):
        asked = client.options(
            f"/browser/{name}",
            headers={
                "Origin": "http://127.0.0.1:7474",
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "cache-control,pragma,sentry-trace",
            },
        )
        assert asked.status_code == 204 and asked.headers["access-control-allow-headers"] == "*"
        got = client.get(f"/browser/{name}", headers={"Origin": "http://127.0.0.1:7474"})
        assert got.headers["access-control-allow-origin"] == "*" and got.headers["content-type"].startswith(kind)
    assert client.get("/browser/favourites.zip").content == browser.zipped()
    assert "access-control-allow-origin" not in client.get("/api/v1/questions").headers


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1:8123", "http://localhost:8123"),
        ("localhost:8123", "http://localhost:8123"),
        ("graph.example:80", "http://graph.example:80"),
        ('x"><script>', browser.ORIGIN),
    ],
)
def test_a_guide_names_the_server_that_it_came_from(client, host, shown):
    text = client.get("/browser/guide", headers={"Host": host}).text
    assert f":style {shown}/browser/govnet.grass" in text and "<script>" not in text
    assert shown == browser.ORIGIN or browser.ORIGIN not in text


@pytest.mark.parametrize(("language", "heading"), [("zh", "问题目录"), ("en", "The catalogue of questions")])
def test_the_page_of_the_catalogue_shows_the_cypher(client, language, heading):
    text = html.unescape(client.get(f"/questions?lang={language}").text)
    assert heading in text and 'MATCH (u:Unit {id: "unit-210902-11"})' in text and ":play http://localhost" in text
