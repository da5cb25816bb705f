"""Every generated file of a checkout with the text that it should hold.

Shared Cypher: the lines between ``// part: NAME`` and ``// end: NAME`` of a question are those of
``cypher/parts/NAME.cypher``, so that a predicate is written once and each question file still runs as it is.
A view holds its question's text up to ``// answer`` between ``// body of: ID`` and ``// end of: ID`` in the same way.
"""

from __future__ import annotations

from pathlib import Path

from govnet_graph import browser
from govnet_graph.assets import cypher_folder
from govnet_graph.cases import drawing
from govnet_graph.errors import BadInput
from govnet_graph.questions.catalogue import catalogue, parse
from govnet_graph.questions.views import shared_body, views
from govnet_graph.schema import render


def with_parts(text: str, folder: Path) -> str:
    """A question's text with each marked region replaced by its part. Raises BadInput for an unknown or unclosed part."""
    out: list[str] = []
    inside = ""
    for line in text.splitlines():
        marker = line.strip()
        if inside:
            if marker == f"// end: {inside}":
                inside = ""
                out.append(line)
            continue
        out.append(line)
        if marker.startswith("// part: "):
            inside = marker.removeprefix("// part: ")
            part = folder / f"{inside}.cypher"
            if not part.is_file():
                raise BadInput(f"There is no part {inside!r} in cypher/parts.")
            out += part.read_text(encoding="utf-8").rstrip("\n").splitlines()
    if inside:
        raise BadInput(f"The part {inside!r} is opened and never ended.")
    return "\n".join(out) + "\n"


def with_body(view_id: str, text: str, question_text: str) -> str:
    """A view's text with its question's body, up to ``// answer``, between the markers. Raises BadInput without them."""
    begin, end = f"// body of: {view_id}\n", f"// end of: {view_id}\n"
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        raise BadInput(f"The view {view_id!r} lacks the line {(end if found else begin).strip()!r}.")
    return f"{head}{begin}{shared_body(parse(view_id, question_text))}\n{end}{tail}"


def generated_files() -> dict[Path, str]:
    """Path and wanted text of every generated file, deterministic."""
    cypher = cypher_folder()
    files = {
        cypher / "generated" / "schema.neo4j.cypher": render.statements_file("neo4j"),
        cypher / "generated" / "schema.embedded.cypher": render.statements_file("embedded"),
        cypher / "generated" / "upserts.cypher": render.upserts_file(),
        cypher.parent / "docs" / "data-dictionary.md": render.dictionary(),
        cypher.parent / "docs" / "reference" / "case-machine.md": drawing.tables(),
        cypher.parent / "docs" / "reference" / "case-machine.svg": drawing.picture(),
    }
    for path in sorted([*(cypher / "questions").glob("*.cypher"), *(cypher / "snapshot").glob("*.cypher")]):
        files[path] = with_parts(path.read_text(encoding="utf-8"), cypher / "parts")
    for path in sorted((cypher / "views").glob("*.cypher")):
        asked = files.get(cypher / "questions" / path.name)
        if asked is None:
            raise BadInput(f"The view {path.stem!r} has no question.")
        own = with_parts(path.read_text(encoding="utf-8"), cypher / "parts")
        files[path] = with_body(path.stem, own, asked)
    return files


def browser_files() -> dict[Path, str]:
    """Path and wanted text of what is made for Neo4j Browser from the questions and views as they are written."""
    for read in (catalogue, views, browser.investigation):
        read.cache_clear()
    cypher = cypher_folder()
    files = {cypher / "browser" / name: text for name, text in browser.files().items()}
    files[cypher.parent / "docs" / "tutorials" / "investigator.md"] = browser.tutorial()
    return files


#: To be written in this order: the second reads what the first has written.
STAGES = (generated_files, browser_files)
