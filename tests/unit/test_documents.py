"""Documents: one model, three forms; the same bytes for the same content, nothing that runs, nothing that is lost."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import re
import time
import zipfile

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree, html

from govnet_graph.documents import (
    STYLE_SOURCE,
    WRITERS,
    Document,
    Line,
    Notes,
    Row,
    Section,
    cell,
    filled,
    plain,
    write,
)
from govnet_graph.schema import Text

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
DAY = dt.date(2026, 6, 1)


def _document(**more: object) -> Document:
    notes = Notes()
    first, second = notes.number(Text("出处甲", "source A")), notes.number(Text("出处乙", "source B"))
    assert notes.number(Text("出处甲", "source A")) == first, "what was said keeps its number"
    rows = (
        Row("a", (Text("甲 <b>", "A <b>"), None, plain("x\x0by")), first, synthetic=True),
        Row("b", (Text("乙", "B"), plain(0), plain("=1+1")), 0),
    )
    heads = (Text("名称", "Name"), Text("数", "Count"), Text("文字", "Text"))
    sections = (
        Section("one", Text("第一", "First"), (Line(Text("共 2 项", "2 in all"), second),), heads, rows),
        Section("part", Text("其中", "Part"), (), heads, (), Text("没有", "Nothing"), 2),
        Section("two", Text("第二", "Second"), (Line(Text("只有一句", "One line only")),)),
    )
    return Document(Text("标题 & 甲", "Title & A"), (Text("说明", "About"),), sections, notes.all(), DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", list(WRITERS))
def test_the_same_content_gives_the_same_bytes_later_too(form, lang, monkeypatch):
    first = write(_document(), form, lang)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert write(_document(), form, lang) == first
    assert write(_document(), form, "en" if lang == "zh" else "zh") != first


def test_a_word_document_holds_all_of_it_with_real_footnotes():
    raw = write(_document(), "docx", "zh")
    made = docx.Document(io.BytesIO(raw))
    heads = [p.text for p in made.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert heads == ["1. 第一", "1.1 其中", "2. 第二"]
    assert "没有" in [p.text for p in made.paragraphs]
    table = made.tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["名称", "数", "文字"],
        ["甲 <b> *", "", "xy"],
        ["乙", "0", "=1+1"],
    ]
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        used = etree.fromstring(packed.read("word/document.xml")).findall(".//w:footnoteReference", W)
        notes = etree.fromstring(packed.read("word/footnotes.xml")).findall("w:footnote", W)
    assert len(used) == 2, "a row without a note has no reference"
    assert ["".join(note.itertext()) for note in notes][2:] == [" 出处乙", " 出处甲"]
    assert made.core_properties.created == dt.datetime(2026, 6, 1, tzinfo=dt.UTC).replace(
        tzinfo=made.core_properties.created.tzinfo
    )
    wide = docx.Document(io.BytesIO(write(_document(wide=True), "docx", "zh"))).sections[0]
    assert wide.orientation == WD_ORIENT.LANDSCAPE and wide.page_width > wide.page_height


def test_a_page_holds_its_style_and_nothing_that_runs():
    text = write(_document(), "html", "en").decode()
    page = html.fromstring(text)
    assert page.get("lang") == "en" and [h.text for h in page.iterfind(".//h3")] == ["1.1 Part"]
    assert not page.xpath("//script | //link | //img | //@style | //@onclick") and "http" not in text
    style = page.findtext(".//style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == STYLE_SOURCE, "the policy names this very style"
    assert re.search(r"@page\{size:A4", style)
    assert {a.get("href") for a in page.iterfind(".//sup/a")} == {
        f"#{li.get('id')}" for li in page.iterfind(".//ol/li")
    }
    assert "A <b> *" in page.text_content()


def test_a_workbook_runs_no_text():
    book = openpyxl.load_workbook(io.BytesIO(write(_document(), "xlsx", "zh")))
    assert len(book.sheetnames) == 1 + 2 + 1, "contents, two tables, notes; what is only told has no sheet"
    assert [c.value for c in book["1 one"][4]] == ["乙", "0", "=1+1", None]
    assert book["1 one"]["C4"].data_type == "s"


def test_texts_are_filled_in_their_language():
    said = filled(Text("{n} 个{what}", "{n} {what}"), n=2, what=Text("网格", "grids"))
    assert (said.zh, said.en) == ("2 个网格", "2 grids")
    assert cell(None) is None and cell("") is None and cell(0) == plain(0)
