"""Parts of zipped workbooks, unpacked piece by piece under limits, and their XML as a stream of elements.

The sizes that a zip file claims are not believed: what is unpacked is counted. The readers after this one unpack the
same bytes, so what passed here cannot surprise them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from govnet_graph.ledgers.files.limits import LedgerEncrypted, LedgerTooLarge, LedgerUnreadable, Limits

_CHUNK = 1 << 18
_DAMAGED = "Open it in a spreadsheet program, save it as .xlsx and try again."
StartHandler = Callable[[str, list[str]], None]


class Package:
    """An opened zip file. Raises LedgerUnreadable where it is damaged."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._unpacked: dict[str, int] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise LedgerUnreadable(f"the workbook is damaged: {error}", hint=_DAMAGED) from error
        self.infos = {info.filename: info for info in infos}
        if len(self.infos) != len(infos):
            raise LedgerUnreadable("the workbook is damaged: a part is there twice", hint=_DAMAGED)
        if any(info.flag_bits & 1 for info in infos):
            raise LedgerEncrypted("the workbook is encrypted", hint="Save it without a password and try again.")

    def __contains__(self, name: str) -> bool:
        return name in self.infos

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one part, counted. Raises LedgerTooLarge, LedgerUnreadable."""
        info = self.infos[name]
        packed = self._packed(info)
        size = 0
        try:
            for chunk in _inflated(info, packed):
                size += len(chunk)
                self._check(name, size, len(packed))
                yield chunk
        except (zlib.error, struct.error) as error:
            raise LedgerUnreadable(f"the workbook is damaged in {name}: {error}", hint=_DAMAGED) from error
        self._unpacked[name] = size

    def read(self, name: str) -> bytes:
        """One part whole."""
        return b"".join(self.chunks(name))

    def check_rest(self) -> None:
        """Unpack and count every part that was not read yet."""
        for name in self.infos:
            if name not in self._unpacked:
                for _ in self.chunks(name):
                    pass

    def _packed(self, info: zipfile.ZipInfo) -> memoryview:
        start = info.header_offset
        try:
            lengths = struct.unpack_from("<HH", self._content, start + 26)
        except struct.error as error:
            raise LedgerUnreadable("the workbook is damaged: it ends too early", hint=_DAMAGED) from error
        begin = start + 30 + sum(lengths)
        return memoryview(self._content)[begin : begin + info.compress_size]

    def _check(self, name: str, size: int, packed: int) -> None:
        limits = self._limits
        if size > limits.ratio_from and size > limits.ratio * max(packed, 1):
            raise LedgerTooLarge(
                f"{name} unpacks to more than {limits.ratio} times its size, as zip bombs do",
                hint="Open it in a spreadsheet program, delete unused rows and save it again.",
            )
        if size + sum(self._unpacked.values()) > limits.unpacked_bytes:
            raise LedgerTooLarge(
                f"the workbook unpacks to more than {limits.unpacked_bytes / 1e6:,.0f} MB", hint="Split the file."
            )


def _inflated(info: zipfile.ZipInfo, packed: memoryview) -> Iterator[bytes]:
    if info.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise LedgerUnreadable(f"{info.filename} is packed by a method that workbooks do not use", hint=_DAMAGED)
    inflate = zlib.decompressobj(-15)
    position = 0
    while position < len(packed) and not inflate.eof:
        piece = packed[position : position + _CHUNK]
        position += len(piece)
        data = inflate.decompress(piece, _CHUNK)
        while data:
            yield data
            # Once the end is reached nothing is left over, and unpacking nothing gives nothing.
            data = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    if not inflate.eof:
        raise zlib.error("it ends too early")


def xml_parser(start: StartHandler) -> expat.XMLParserType:
    """A streaming parser that calls ``start`` with each element's name, prefix included, and its attributes as a flat list.

    A document type is refused: workbooks have none, and entities are how XML bombs are made.
    """
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True

    def doctype(*_: object) -> None:
        raise LedgerUnreadable("the workbook holds a document type definition", hint=_DAMAGED)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse_part(package: Package, name: str, parser: expat.XMLParserType) -> None:
    """Feed one part to a parser. Raises LedgerUnreadable where it is no XML."""
    try:
        for chunk in package.chunks(name):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter for encodings that do not exist
        raise LedgerUnreadable(f"the workbook is damaged in {name}: {error}", hint=_DAMAGED) from error


def elements(package: Package, name: str) -> list[tuple[str, dict[str, str]]]:
    """All elements of a small part: local names and attributes with their prefixes as written."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: list[str]) -> None:
        found.append((name.rpartition(":")[2], dict(zip(attributes[::2], attributes[1::2], strict=True))))

    parse_part(package, name, xml_parser(start))
    return found
