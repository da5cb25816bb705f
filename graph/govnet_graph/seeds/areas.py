"""Areas from an official list (``code,name,level,parent_code``) of a district, a province or the country.

Codes are those of the National Bureau of Statistics: 6 digits for a district, 9 for a street or town, 12 for a
community or village, each beginning with the code of the area above it.
"""

from __future__ import annotations

import re
from pathlib import Path

from govnet_graph.records import Edge, Node, RecordError, Value, edge_id
from govnet_graph.seeds.read import read_rows

LIST_SOURCE = "src-divisions-2023"
COLUMNS = ("code", "name", "level", "parent_code")
_LABELS = {"district": "District", "street": "Street", "community": "Community", "village": "Community"}
_DIGITS = {"District": 6, "Street": 9, "Community": 12}
_ABOVE = {"Street": "District", "Community": "Street"}
_TOWN = ("镇", "乡", "苏木")
_COMMITTEE = re.compile(r"(?P<base>.+?)(?P<committee>居委会|居民委员会|村委会|村民委员会)")
_COMPLETE = ("社区", "村", "嘎查")


def short_name(official: str) -> str:
    """The name that people use for a community or village; the official one where no shorter one is certain.

    >>> short_name("爱民社区居委会"), short_name("民主村委会"), short_name("南瓦村村民委员会"), short_name("团结居委会")
    ('爱民社区', '民主村', '南瓦村', '团结居委会')
    """
    match = _COMMITTEE.fullmatch(official)
    if match is None:
        return official
    base, committee = match["base"], match["committee"]
    if base.endswith(_COMPLETE):
        return base
    return base + "村" if committee.startswith("村") else official


def read_areas(path: Path, source: str = LIST_SOURCE) -> tuple[list[Node], list[Edge]]:
    """District, Street and Community nodes of a list with their PART_OF edges, in row order.

    Parameters
    ----------
    path : Path
        CSV file; levels are district, street (also a town), community and village. A district is a root.
    source : str
        Id of the Source that the list is; ``source_ref`` becomes ``row N``, the header being row 1.

    Raises
    ------
    RecordError
        A row does not fit: names the file, the row and the reason.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    labels: dict[str, str] = {}
    for number, row in read_rows(path):
        fault = _fault(row, labels)
        if fault:
            raise RecordError(f"{path.name} row {number}: {fault}", hint="Correct the list of areas and load again.")
        label = _LABELS[row["level"]]
        labels[row["code"]] = label
        ref: dict[str, Value] = {"source": source, "source_ref": f"row {number}"}
        nodes.append(Node(label, row["code"], {**_described(label, row), **ref}))
        if label in _ABOVE:
            code, parent = row["code"], row["parent_code"]
            edges.append(Edge("PART_OF", code, parent, edge_id("PART_OF", code, parent), ref))
    return nodes, edges


def _fault(row: dict[str, str], labels: dict[str, str]) -> str:
    """What is wrong with a row, given the areas listed before it; empty when nothing is."""
    if set(row) != set(COLUMNS):
        return f"the columns are {', '.join(row)}, not {', '.join(COLUMNS)}"
    label, code, parent = _LABELS.get(row["level"]), row["code"], row["parent_code"]
    if label is None:
        return f"level {row['level']!r} is not one of {', '.join(_LABELS)}"
    if not (code.isascii() and code.isdigit() and len(code) == _DIGITS[label]):
        return f"code {code!r} of a {row['level']} has not {_DIGITS[label]} digits"
    if code in labels:
        return f"code {code} is listed twice"
    if not row["name"]:
        return f"{code} has no name"
    return _misplaced(code, parent, _ABOVE[label], labels) if label in _ABOVE else ""


def _misplaced(code: str, parent: str, above: str, labels: dict[str, str]) -> str:
    """Why an area cannot lie where its row says; empty when it can."""
    if labels.get(parent) != above:
        return f"{code} lies in {parent or 'nothing'}, which is no {above} listed before it"
    if not code.startswith(parent):
        return f"{code} does not begin with {parent}, the code of the area above it"
    return ""


def _described(label: str, row: dict[str, str]) -> dict[str, Value]:
    """Name, aliases, code and kind of one area."""
    official = row["name"]
    match label:
        case "District":
            return {"name": official, "code": row["code"]}
        case "Street":
            return {"name": official, "code": row["code"], "kind": "town" if official.endswith(_TOWN) else "street"}
        case _:
            name = short_name(official)
            aliases: dict[str, Value] = {"aliases": [official]} if name != official else {}
            return {"name": name, "code": row["code"], "kind": row["level"], **aliases}
