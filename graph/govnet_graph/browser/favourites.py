"""The catalogue as favourites of Neo4j Browser: one text each, in a folder per room of the catalogue.

Browser takes a zip archive of ``.cypher`` files that is dropped on its window (5.24): each file becomes a favourite,
its folder the favourite's folder, its first comment the title. A single ``.cypher`` file would become one favourite.
"""

from __future__ import annotations

import io
import zipfile

from govnet_graph.browser.queries import example, model_map, provenance_map, start
from govnet_graph.questions import catalogue, pasteable, views
from govnet_graph.questions.model import Area
from govnet_graph.schema import SCHEMA, Text

ROOMS = {
    Area.MEMBER: Text("成员", "Members"),
    Area.UNIT: Text("单位", "Units"),
    Area.GRID: Text("网格", "Grids"),
    Area.COVERAGE: Text("覆盖", "Coverage"),
    Area.RESOURCES: Text("资源与需求", "Resources"),
    Area.DISPATCH: Text("派单", "Cases"),
    Area.NETWORK: Text("联系", "Network"),
    Area.HISTORY: Text("历史", "History"),
    Area.PROVENANCE: Text("来源", "Provenance"),
    Area.DIRECTORY: Text("名录", "Directory"),
}
_EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest moment that the format knows: an archive tells nothing of when it was made


def folder(room: Area) -> str:
    """Name of a room's folder among the favourites."""
    return f"govnet {ROOMS[room].zh} {ROOMS[room].en}"


def favourites() -> dict[str, str]:
    """Path in the archive and text of each favourite: starting points, map, then every question and view."""
    begin = "govnet 起点 Start"
    found = {f"{begin}/{label}.cypher": f"{start(label)};\n" for label in SCHEMA.nodes}
    found[f"{begin}/model-map.cypher"] = model_map()
    found[f"{begin}/provenance-map.cypher"] = provenance_map()
    for question in catalogue().values():
        where = f"{folder(question.area)}/{question.id}"
        given = example(question)
        found[f"{where}.cypher"] = pasteable(question, given)
        view = views().get(question.id)
        if view is not None:
            found[f"{where}.view.cypher"] = f"// 图：{question.text.zh} (drawn)\n{pasteable(view, given)}"
    return found


def zipped() -> bytes:
    """The archive; the same bytes for the same catalogue."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in favourites().items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return out.getvalue()
