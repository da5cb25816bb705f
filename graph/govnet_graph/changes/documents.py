"""Files of the field's standards as imports: read, with the fate of every value in them, and what is held back as a workbook.

A Popolo or HSDS file, and the JSON that an export wrote, say themselves what they hold; nothing in them is to be mapped.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import xlsxwriter

from govnet_graph.changes.options import Options
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.account import Account, SheetAccount
from govnet_graph.ledgers.files.limits import Limits
from govnet_graph.ledgers.model import Place, Problem, Range, Row
from govnet_graph.ledgers.rules import Rule
from govnet_graph.ledgers.templates import OPTIONS
from govnet_graph.records import Edge, Node, Properties
from govnet_graph.schema import SCHEMA, Privacy, Text
from govnet_graph.standards import FileUnreadable, Records, Unread, read_hsds, read_json, read_popolo
from govnet_graph.standards.extension import KEY
from govnet_graph.standards.hsds_read import PAGE
from govnet_graph.standards.mapping import mapping
from govnet_graph.standards.model import HISTORY_LABELS, HISTORY_TYPES
from govnet_graph.standards.reasons import OWN_PAST, WHAT_IT_IS, Why
from govnet_graph.standards.taking import document

OWN = "govnet"
XLSX = "govnet-xlsx"
NAMES = {
    "popolo": Text("Popolo 文件", "A Popolo file"),
    "hsds": Text("HSDS 文件", "An HSDS file"),
    OWN: Text("govnet 导出的 JSON", "JSON that govnet exported"),
    XLSX: Text("govnet 导出的工作簿", "A workbook that govnet exported"),
}
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
_BOM = b"\xef\xbb\xbf"
_POPOLO = ("persons", "memberships", "posts", "areas")
_ABOUT = {"popolo": ("meta",), OWN: ("format", "version", "about"), "hsds": (*PAGE, KEY)}
_ROOT = "/"


def is_document(name: str, content: bytes) -> bool:
    """Whether a file is JSON, by its first character; what calls itself a table is none."""
    return not name.lower().endswith(_TABLES) and content[:64].removeprefix(_BOM).lstrip()[:1] in (b"{", b"[")


@dataclass(slots=True)
class Document:
    """A file that says itself what it holds, read.

    ``account`` counts its values, by the list that they stand in; ``paths`` says where each record stands.
    """

    standard: str
    told: Any
    records: Records
    account: Account = field(default_factory=Account)
    paths: dict[str, str] = field(default_factory=dict)
    _leaves: dict[str, tuple[str, Place]] = field(default_factory=dict)
    _settled: set[str] = field(default_factory=set)
    _rows: dict[tuple[str, int], Row] = field(default_factory=dict)
    _held: list[tuple[str, list[Any], Why]] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """Whether an export of a whole graph wrote it."""
        return self.standard in (OWN, XLSX)

    def count(self) -> None:
        """Count every value that holds something, by the list that it stands in."""
        counts: Counter[tuple[str, int]] = Counter()
        for path, _ in _leaves(self.told, ""):
            sheet, number = _where(self.told, path)
            counts[sheet, number] += 1
            self._leaves[path] = sheet, (number, counts[sheet, number])
            account = self.account.sheets.setdefault(sheet, SheetAccount(sheet, 0))
            account.total += 1
            account.imported += 1

    def leave(self, path: str, why: Why, value: Any = None) -> None:
        """Hold back what stands at a path (of it, only what has this value, where one is given), or ignore it by its rule."""
        found = [(at, told) for at, told in self._below(path) if value is None or told == value]
        for at, _ in found:
            if at not in self._settled:
                self._settled.add(at)
                sheet, place = self._leaves[at]
                account = self.account.sheets[sheet]
                if why.rule:
                    account.imported -= 1
                    account.ignore(Rule(why.rule), Range(*place, *place), 1)
                else:
                    account.quarantine_cell(place, _problem(path, why))
        if not why.rule:
            self._held.append((path, [told for _, told in found], why))
            where = _where(self.told, path)
            self._rows.setdefault(where, Row(*where, {}, {})).problems.append(_problem(path, why))

    @property
    def rows(self) -> list[Row]:
        """The objects of which something is held back, in the order of the file's lists."""
        return [self._rows[key] for key in sorted(self._rows)]

    def _below(self, path: str) -> Iterator[tuple[str, Any]]:
        try:
            told = _at(self.told, path)
        except (KeyError, IndexError, TypeError, ValueError):
            return iter(())
        return _leaves(told, "" if path == _ROOT else path)

    def place(self, path: str) -> tuple[str, int]:
        """The list that a path leads into, and the number of the object in it."""
        return _where(self.told, path)

    def workbook(self) -> bytes:
        """What is held back, with its place and the reason: to be corrected in the file and imported again."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, OPTIONS) as book:
            sheet = book.add_worksheet("退回 Quarantine")
            head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
            for column, (title, width) in enumerate((("位置 Place", 40), ("内容 Value", 40), ("原因 Reason", 90))):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, head)
            for number, (path, values, why) in enumerate(self._held, start=1):
                sheet.write_string(number, 0, path or _ROOT)
                sheet.write_string(number, 1, "; ".join(map(str, values))[:32_000])
                sheet.write_string(number, 2, f"{why.text.zh} {why.text.en}")
        return target.getvalue()


def read_document(content: bytes, name: str, options: Options, limits: Limits) -> Document:
    """Read a file of a standard, whichever of those that are read it is.

    Raises
    ------
    FileUnreadable, LedgerTooLarge
    BadInput
        Options are given that only ledgers have.
    """
    limits.check_file(len(content))
    refuse_options(options)
    told = document(content, "a file of a standard")
    standard = _standard(told)
    if standard == OWN:
        records, paths = _without_history(read_json(content))
    elif standard == "popolo":
        records, paths = read_popolo(content, name=name, member_kind=options.member_kind or None), {}
    else:
        records, paths = read_hsds(content, name=name), {}
    found = Document(standard, told, records)
    found.paths = paths or {
        **{node.id: _path(node.props) for node in records.nodes},
        **{edge.id: _path(edge.props) for edge in records.edges},
    }
    found.count()
    for field_ in _ABOUT[standard]:
        if isinstance(told, dict) and field_ in told:
            found.leave(f"/{field_}", WHAT_IT_IS)
    for item in records.unread:
        found.leave(_real(found, item), item.why)
    return found


def refuse_options(options: Options) -> None:
    """Raise BadInput for options that only ledgers have."""
    if options.kind or options.tables or options.complete_for:
        raise BadInput(
            "The file says itself what it holds: kind, tables and complete_for are options of ledgers.",
            hint="Leave them out.",
        )


def _standard(told: Any) -> str:
    if isinstance(told, dict):
        if told.get("format") == "govnet-records":
            return OWN
        if "@context" in told or "@graph" in told:
            raise FileUnreadable(
                "The file is JSON-LD, which is written and not read.", hint="Import Popolo, HSDS or govnet's own JSON."
            )
        bodies = told.get("organizations")
        services = isinstance(bodies, list) and any(isinstance(b, dict) and "services" in b for b in bodies)
        if any(isinstance(told.get(key), list) for key in _POPOLO) or (isinstance(bodies, list) and not services):
            return "popolo"
    return "hsds"


def _without_history(records: Records) -> tuple[Records, dict[str, str]]:
    """Records without what tells how the graph came to be; where each stands in the file."""
    paths: dict[str, str] = {}
    unread: list[Unread] = []
    nodes: list[Node] = []
    edges: list[Edge] = []
    for at, node in enumerate(records.nodes):
        if node.label in HISTORY_LABELS:
            unread.append(Unread(f"/nodes/{at}", OWN_PAST))
            continue
        kept = {p.name for p in SCHEMA.nodes[node.label].properties if p.privacy is not Privacy.INTERNAL}
        unread += [Unread(f"/nodes/{at}/props/{name}", OWN_PAST) for name in node.props if name not in kept]
        nodes.append(replace(node, props={k: v for k, v in node.props.items() if k in kept}))
        paths[node.id] = f"/nodes/{at}"
    for at, edge in enumerate(records.edges):
        if edge.type in HISTORY_TYPES:
            unread.append(Unread(f"/relationships/{at}", OWN_PAST))
            continue
        kept = {p.name for p in SCHEMA.relationships[edge.type].properties if p.privacy is not Privacy.INTERNAL}
        unread += [Unread(f"/relationships/{at}/props/{name}", OWN_PAST) for name in edge.props if name not in kept]
        edges.append(replace(edge, props={k: v for k, v in edge.props.items() if k in kept}))
        paths[edge.id] = f"/relationships/{at}"
    return Records(tuple(nodes), tuple(edges), tuple(unread), records.about), paths


def _path(props: Properties) -> str:
    """Where a record stands in the file: its reference without what the file says of its own source."""
    return str(props.get("source_ref", "")).partition(" (")[0]


def _where(told: Any, path: str) -> tuple[str, int]:
    """The list that a path leads into, and the number of the object in it; ``/`` and 1 for the file itself."""
    parts = path.split("/")[1:] if path != _ROOT else []
    if isinstance(told, list):
        return "contents", int(parts[0]) + 1 if parts and parts[0].isdigit() else 1
    if len(parts) > 1 and parts[0] and isinstance(told.get(parts[0]), list):
        return parts[0], int(parts[1]) + 1 if parts[1].isdigit() else 1
    return _ROOT, 1


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything that holds something, with its path."""
    waiting = [(path, value)]
    while waiting:
        at, held = waiting.pop()
        if isinstance(held, dict):
            waiting += [(f"{at}/{key}", item) for key, item in reversed(held.items())]
        elif isinstance(held, list):
            waiting += [(f"{at}/{number}", item) for number, item in reversed(list(enumerate(held)))]
        elif held not in (None, ""):
            yield at, held


def _at(told: Any, path: str) -> Any:
    """What stands at a path; keys that hold a stroke are found too. Raises KeyError, IndexError, TypeError or ValueError."""
    rest = path.strip(_ROOT)
    if isinstance(told, list) and rest.startswith("contents/"):
        rest = rest.removeprefix("contents/")
    parts = rest.split("/") if rest else []
    while parts:
        if isinstance(told, list):
            told = told[int(parts.pop(0))]
            continue
        length = next(n for n in range(1, len(parts) + 1) if n == len(parts) or "/".join(parts[:n]) in told)
        told = told["/".join(parts[:length])]
        parts = parts[length:]
    return told


def _real(found: Document, item: Unread) -> str:
    """The path of what was left out as the file has it: a property of ours stands in it under another name."""
    path = item.path
    if isinstance(found.told, list):
        path = path.removeprefix("/contents")
    head, _, name = path.rpartition("/")
    theirs = {name}
    if found.standard in ("popolo", "hsds"):
        theirs |= {o["fields"][name] for o in mapping(found.standard)["objects"].values() if name in o["fields"]}
    for candidate in (path, *(f"{head}/{other}" for other in sorted(theirs)), f"{head}/{KEY}/props/{name}"):
        try:
            _at(found.told, candidate)
        except (KeyError, IndexError, TypeError, ValueError):
            continue
        return candidate
    return path


def _problem(path: str, why: Why) -> Problem:
    at = path or _ROOT
    return Problem("left-out", Text(f"{at}：{why.text.zh}", f"{at}: {why.text.en}"))
