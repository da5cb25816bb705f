"""Reads a file into a Workbook: which kind it is, its limits, its values, and what is special about its cells."""

from __future__ import annotations

import hashlib
from pathlib import Path

from govnet_graph.ledgers.files.delimited import read_delimited
from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.files.limits import LedgerEncrypted, LedgerUnreadable, Limits
from govnet_graph.ledgers.files.ods import scan_ods
from govnet_graph.ledgers.files.values import SheetValues, sheet_values
from govnet_graph.ledgers.files.xls import MAGIC, CompoundFile, scan_xls
from govnet_graph.ledgers.files.xlsx import BookFindings, scan_xlsx
from govnet_graph.ledgers.files.zipped import Package
from govnet_graph.ledgers.model import Sheet, Workbook
from govnet_graph.schema import Text

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_KINDS = "Read are .xlsx, .xlsm, .xls, .ods, .csv and .tsv: save the file as one of them and try again."
_ENCRYPTED = "Save it without a password and try again."


def read_workbook(content: bytes | Path, name: str = "", limits: Limits | None = None) -> Workbook:
    """Read a ledger file, told by its content rather than its name.

    Formulas are never evaluated and links never followed: what the file stores as their result is used.

    Parameters
    ----------
    content : bytes or Path
        The file, or where it is.
    name : str
        What the file is called; shown, and the sheet name of a text file.
    limits : Limits
        Largest sizes.

    Raises
    ------
    LedgerTooLarge, LedgerEncrypted, LedgerUnreadable
        Each names what to do.
    """
    limits = limits or Limits()
    if isinstance(content, Path):
        name = name or content.name
        try:
            limits.check_file(content.stat().st_size)
            content = content.read_bytes()
        except OSError as error:
            raise LedgerUnreadable(f"{name} cannot be opened: {error.strerror}", hint="Check the path.") from error
    limits.check_file(len(content))
    if not content.strip():
        raise LedgerUnreadable("the file is empty", hint="Check that the right file was chosen.")
    kind, sheets, notices, from_1904 = _read(content, Path(name).stem or "CSV", limits)
    digest = hashlib.sha256(content).hexdigest()
    return Workbook(name, kind, digest, len(content), sheets, notices, from_1904)


def _read(content: bytes, title: str, limits: Limits) -> tuple[str, list[Sheet], list[Text], bool]:
    if content.startswith(b"PK\x03\x04"):
        package = Package(content, limits)
        kind, findings = _zipped(package, limits)
        package.check_rest()
        return kind, _sheets(content, findings, limits), findings.notices, findings.from_1904
    if content.startswith(MAGIC):
        compound = CompoundFile(content)
        if "EncryptedPackage" in compound:
            raise LedgerEncrypted("the workbook is encrypted", hint=_ENCRYPTED)
        if "Workbook" not in compound and "Book" not in compound:
            raise LedgerUnreadable("the file is no workbook", hint=_KINDS)
        findings = scan_xls(compound, limits)
        return "xls", _sheets(content, findings, limits), findings.notices, findings.from_1904
    if content[:512].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise LedgerUnreadable("the file is a web page or XML, whatever its name says", hint=_KINDS)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise LedgerUnreadable("the file is a document or picture, no table", hint=_KINDS)
    rows, found, encoding = read_delimited(content, limits)
    sheet = Sheet(title, rows, faults=found.faults)
    notices = [Text("编码为 GB18030", "The encoding is GB18030")] if encoding == "gb18030" else []
    return "csv", [sheet], notices, False


def _zipped(package: Package, limits: Limits) -> tuple[str, BookFindings]:
    if "xl/workbook.xml" in package:
        macros = any(name.lower().endswith("vbaproject.bin") for name in package.infos)
        return ("xlsm" if macros else "xlsx"), scan_xlsx(package, limits)
    if "mimetype" in package and package.read("mimetype").startswith(_ODS) and "content.xml" in package:
        return "ods", scan_ods(package, limits)
    if "xl/workbook.bin" in package:
        raise LedgerUnreadable("binary workbooks (.xlsb) are not read", hint="Save it as .xlsx and try again.")
    raise LedgerUnreadable("the file is a zip archive but no workbook", hint=_KINDS)


def _sheets(content: bytes, findings: BookFindings, limits: Limits) -> list[Sheet]:
    return [_sheet(read, findings.sheets.get(read.name, Findings())) for read in sheet_values(content, limits)]


def _sheet(read: SheetValues, found: Findings) -> Sheet:
    merged = tuple(found.merged) if read.merged is None else read.merged
    sheet = Sheet(
        read.name,
        read.rows,
        merged,
        read.hidden or found.hidden,
        frozenset(found.hidden_rows),
        dict(found.faults),
    )
    shown = len([row for row in found.hidden_rows if row <= found.rows])
    if shown and not sheet.hidden:
        sheet.notices.append(
            Text(f"有 {shown} 行被隐藏，仍按数据读取", f"{shown} rows are hidden; they are read like the others")
        )
    return sheet
