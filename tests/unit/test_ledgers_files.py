"""Files that are too large, damaged, locked or hostile are refused with what to do; macros and links are left alone."""

from __future__ import annotations

import contextlib
import io
import random
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from govnet_graph.assets import seeds_folder
from govnet_graph.ledgers.files import LedgerEncrypted, LedgerTooLarge, LedgerUnreadable, Limits, read_workbook
from govnet_graph.ledgers.kinds import level_of
from tests.ledger_files import part, read, reasons, repacked, saved, values, xlsx

PLAIN = [["单位名称", "党员人数"], ["区税务局", 12]]
SHEET = "xl/worksheets/sheet1.xml"


def test_the_real_area_list_of_a_province_is_a_ledger_of_areas() -> None:
    reading = read((seeds_folder() / "areas" / "liaoning.csv").read_bytes(), "liaoning.csv")
    (table,) = reading.tables
    assert (table.kind.id, len(table.rows)) == ("areas", 18_233)
    assert reasons(reading) == {}
    assert reading.account.as_json() == {
        "liaoning": {"total": 72_936, "imported": 72_932, "quarantined": 0, "ignored": 4}
    }
    labels = [level_of(row.values["code"], row.values["name"], row.values["level"])[0] for row in table.rows]
    assert {label: labels.count(label) for label in set(labels)} == {
        "District": 100,
        "Street": 1_406,
        "Community": 16_727,
    }
    assert table.rows[0].values == {"code": "210102", "name": "和平区", "level": "district", "parent_code": "2101"}


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(LedgerTooLarge, match="200 MB") as caught:
        read_workbook(path)
    assert caught.value.hint


def test_half_a_million_rows_are_refused() -> None:
    content = ("单位名称\n" + "甲\n" * 499_999).encode()
    with pytest.raises(LedgerTooLarge, match="500,000 rows"):
        read_workbook(content, "many.csv")
    assert len(read_workbook(content, "many.csv", Limits(rows=600_000)).sheets[0].rows) == 500_000


@pytest.mark.parametrize("place", ["A1048576", "XFD1"])
def test_a_stray_cell_far_away_is_refused_before_the_sheet_is_spread_out(place: str) -> None:
    book = openpyxl.Workbook()
    for row in PLAIN:
        book.active.append(row)
    book.active[place] = "x"
    with pytest.raises(LedgerTooLarge, match="reaches to"):
        read_workbook(saved(book))


def test_a_format_alone_reaches_nowhere() -> None:
    book = openpyxl.Workbook()
    for row in PLAIN:
        book.active.append(row)
    book.active["XFD1048576"].number_format = "0.00"
    assert values(read(saved(book))) == [{"name": "区税务局", "party_members": 12}]


def test_many_cells_in_all_are_refused() -> None:
    with pytest.raises(LedgerTooLarge, match="span 8 cells"):
        read_workbook(xlsx(PLAIN, PLAIN), limits=Limits(cells=7))
    with pytest.raises(LedgerTooLarge, match="2 sheets"):
        read_workbook(xlsx(PLAIN, PLAIN), limits=Limits(sheets=1))


def test_a_zip_bomb_is_refused_by_its_ratio_and_by_its_size() -> None:
    plain = xlsx(PLAIN)
    xml = part(plain, SHEET)
    bomb = repacked(plain, {SHEET: xml.replace(b"</sheetData>", b" " * 30_000_000 + b"</sheetData>")})
    with pytest.raises(LedgerTooLarge, match="zip bombs"):
        read_workbook(bomb)
    with pytest.raises(LedgerTooLarge, match="unpacks to more than 1 MB"):
        read_workbook(bomb, limits=Limits(unpacked_bytes=1_000_000))
    hidden = repacked(plain, {"xl/media/image1.png": b"\0" * 30_000_000})
    with pytest.raises(LedgerTooLarge, match="zip bombs"):
        read_workbook(hidden)


def test_a_size_that_the_file_claims_is_not_believed() -> None:
    plain = xlsx(PLAIN)
    xml = part(plain, SHEET).replace(b"</sheetData>", b" " * 30_000_000 + b"</sheetData>")
    bomb = bytearray(repacked(plain, {SHEET: xml}))
    size = struct.pack("<I", len(xml))
    assert bomb.count(size) >= 2
    lying = bytes(bomb).replace(size, struct.pack("<I", 1000))
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert archive.getinfo(SHEET).file_size == 1000
    with pytest.raises(LedgerTooLarge, match="zip bombs"):
        read_workbook(lying)


def test_an_entity_bomb_is_refused() -> None:
    plain = xlsx(PLAIN)
    xml = part(plain, SHEET)
    bomb = b'<!DOCTYPE lolz [<!ENTITY lol "lol">]>' + xml[xml.index(b"<worksheet") :]
    with pytest.raises(LedgerUnreadable, match="document type"):
        read_workbook(repacked(plain, {SHEET: bomb}))


def test_a_repeated_cell_of_an_open_document_is_refused_before_it_is_spread_out() -> None:
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    table = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    xml = (
        f'<office:document-content {office} {table}><office:body><office:spreadsheet><table:table table:name="A">'
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
        ' office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
    with pytest.raises(LedgerTooLarge, match="reaches to"):
        read_workbook(target.getvalue())


def test_macros_and_links_are_left_alone_and_named() -> None:
    content = repacked(
        xlsx(PLAIN), {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    )
    reading = read(content, "台账.xlsm")
    assert reading.book.format == "xlsm"
    assert [notice.en.split(";")[0] for notice in reading.book.notices] == [
        "The file holds macros",
        "The file links to other files",
    ]
    assert values(reading) == [{"name": "区税务局", "party_members": 12}]


def test_a_formula_gives_its_stored_result_even_when_it_points_elsewhere() -> None:
    plain = xlsx([["单位名称", "党员人数"], ["区税务局", "=[1]Sheet1!A1"], ["丙", "=1+1"]])
    xml = part(plain, SHEET)
    stored = repacked(plain, {SHEET: re.sub(rb"</f><v( ?/>|></v>)", b"</f><v>7</v>", xml, count=1)})
    reading = read(stored)
    assert values(reading) == [{"name": "区税务局", "party_members": 7}]
    assert reasons(reading) == {3: ["formula-without-value"]}


def test_formulas_of_rules_are_no_formulas_of_cells() -> None:
    plain = xlsx(PLAIN)
    more = b'<extLst xmlns:xm="urn:x"><ext><xm:f>A1</xm:f></ext></extLst></worksheet>'
    reading = read(repacked(plain, {SHEET: part(plain, SHEET).replace(b"</worksheet>", more)}))
    assert values(reading) == [{"name": "区税务局", "party_members": 12}]


def test_days_counted_from_1904() -> None:
    plain = xlsx([["结对单位", "网格", "结对时间"], ["甲", "一", 43890]])
    book = part(plain, "xl/workbook.xml").replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    assert str(values(read(repacked(plain, {"xl/workbook.xml": book})))[0]["since"]) == "2024-03-01"


def test_an_encrypted_workbook() -> None:
    content = repacked(xlsx(PLAIN), {})
    flagged = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = flagged.find(signature)
        while at >= 0:
            flagged[at + offset] |= 1
            at = flagged.find(signature, at + 4)
    with pytest.raises(LedgerEncrypted, match="encrypted"):
        read_workbook(bytes(flagged))
    with pytest.raises(LedgerEncrypted, match="encrypted"):
        read_workbook(_compound("EncryptedPackage"))


def _compound(name: str) -> bytes:
    """A compound file with one empty stream of that name."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *[free] * 108)
    head = head[:512].ljust(512, b"\xff")
    table = struct.pack("<128I", fat, end, *[free] * 126)

    def entry(title: str, kind: int) -> bytes:
        raw = (title + "\0").encode("utf-16-le")
        return raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), kind) + bytes(49) + struct.pack("<III", end, 0, 0)

    return head + table + entry("Root Entry", 5) + entry(name, 2) + bytes(256)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"%PDF-1.7 ...", "document or picture"),
        (b"PK\x03\x04 broken", "damaged"),
        (xlsx(PLAIN)[:-400], "damaged"),
        (repacked(xlsx(PLAIN), {SHEET: b"<worksheet><sheetData><row>"}), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (_compound("WordDocument"), "no workbook"),
        (b"\xff\xfe\xff", "no text"),
        (b"\x81\xff\x00\x81\xff", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(LedgerUnreadable, match=said) as caught:
        read_workbook(content)
    assert caught.value.hint


def test_a_zip_file_of_something_else() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(LedgerUnreadable, match="no workbook"):
        read_workbook(target.getvalue())


def test_a_file_that_makes_its_reader_ask_for_all_memory_ends_the_reader_only() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "单位名称")
    name = "xl/sharedStrings.xml"
    hostile = part(target.getvalue(), name).replace(b'uniqueCount="1"', b'uniqueCount="2147483648"')
    assert b"2147483648" in hostile
    with pytest.raises(LedgerUnreadable, match="damaged"):
        read_workbook(repacked(target.getvalue(), {name: hostile}))


def test_a_workbook_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(LedgerUnreadable, match="damaged"):
        read_workbook(xlsx(PLAIN), limits=Limits(seconds=0.001))


@pytest.mark.parametrize("seed", range(25))
def test_changed_bytes_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "单位名称")
    sheet.write(1, 0, xlwt.Formula("1+1"))
    target = io.BytesIO()
    book.save(target)
    content = bytearray(target.getvalue())
    for _ in range(4):
        content[dice.randrange(len(content))] = dice.randrange(256)
    if seed % 3 == 0:
        content = content[: dice.randrange(8, len(content))]
    with contextlib.suppress(LedgerUnreadable, LedgerTooLarge):
        assert read_workbook(bytes(content)).format == "xls"
