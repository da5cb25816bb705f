"""Every generated file of a checkout with the text that it should hold.

Shared Cypher: the lines between ``// part: NAME`` and ``// end: NAME`` of a question are those of
``cypher/parts/NAME.cypher``, so that a predicate is written once and each question file still runs as it is.
"""

from __future__ import annotations

from pathlib import Path

from govnet_graph.assets import cypher_folder
from govnet_graph.errors import BadInput
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


def generated_files() -> dict[Path, str]:
    """Path and wanted text of every generated file, deterministic."""
    cypher = cypher_folder()
    files = {
        cypher / "generated" / "schema.neo4j.cypher": render.statements_file("neo4j"),
        cypher / "generated" / "schema.embedded.cypher": render.statements_file("embedded"),
        cypher / "generated" / "upserts.cypher": render.upserts_file(),
        cypher.parent / "docs" / "data-dictionary.md": render.dictionary(),
    }
    for path in sorted((cypher / "questions").glob("*.cypher")):
        files[path] = with_parts(path.read_text(encoding="utf-8"), cypher / "parts")
    return files
