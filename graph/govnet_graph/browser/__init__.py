"""What an investigator loads into Neo4j Browser: guide, favourites, parameter presets, style, starting points, map.

All of it is made from the schema and the catalogue. The files under ``cypher/browser`` are written by ``govnet render``;
the API serves them, with its own address in place of :data:`ORIGIN`, where a Neo4j Browser on this machine reads them.
"""

from __future__ import annotations

from govnet_graph.browser.favourites import ROOMS, favourites, zipped
from govnet_graph.browser.guide import guide, room_guide
from govnet_graph.browser.investigation import ORIGIN, Investigation, Step, investigation, tutorial
from govnet_graph.browser.queries import example, model_map, presets_file, provenance_map, shared_presets, starts_file
from govnet_graph.browser.style import style

__all__ = [
    "ORIGIN",
    "ROOMS",
    "Investigation",
    "Step",
    "example",
    "favourites",
    "files",
    "guide",
    "investigation",
    "model_map",
    "provenance_map",
    "room_guide",
    "shared_presets",
    "starts_file",
    "style",
    "tutorial",
    "zipped",
]


def files() -> dict[str, str]:
    """Name and text of every generated file of ``cypher/browser``."""
    return {
        "govnet.grass": style(),
        "model-map.cypher": model_map(),
        "provenance-map.cypher": provenance_map(),
        "presets.cypher": presets_file(),
        "starts.cypher": starts_file(),
        "guide.html": guide(),
    }
