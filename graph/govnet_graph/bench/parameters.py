"""Parameters for every question on the data that is loaded: real ids of the labels that a question asks for."""

from __future__ import annotations

from govnet_graph.questions import Parameter, catalogue
from govnet_graph.schema import SCHEMA
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import home_of

_GIVEN: dict[str, object] = {
    "q": "社区",
    "from": "2026-01-01",
    "to": "2026-07-01",
    "as_of": "2026-06-01",
    "source": "src-article",
}
# The whole district has no evidence of its own to show; a community has.
_IN_A_COMMUNITY = ("coverage-evidence",)
_DEAREST = """
MATCH (n:{label}) WHERE $home IS NULL OR NOT n:{areas} OR n.id STARTS WITH $home
WITH n.id AS id, COUNT {{ (n)--() }} AS degree ORDER BY degree DESC, id LIMIT 2 RETURN id"""
_PAIRING = """
MATCH (:Unit)-[r:PAIRED_WITH]->(a) WHERE $home IS NULL OR a.id STARTS WITH $home
RETURN r.id AS id ORDER BY id LIMIT 1"""


async def _ids(graph: Graph, home: str | None) -> dict[str, list[str]]:
    """Two ids of each label: of the nodes with the most relationships, which are the dearest to ask about."""
    found: dict[str, list[str]] = {}
    for label in SCHEMA.nodes:
        text = _DEAREST.format(label=label, areas="|".join(SCHEMA.areas))
        found[label] = [row[0] for row in await graph.read(text, {"home": home})]
    found["Area"], found["Entity"] = [home or found["District"][0]], found["Member"][:1] + found["Unit"][:1]
    found["ids"] = found["Unit"][:1]
    found["relationship"] = [row[0] for row in await graph.read(_PAIRING, {"home": home})]
    return found


def _choose(parameter: Parameter, ids: dict[str, list[str]], taken: dict[str, int]) -> object:
    if not parameter.is_id and parameter.name in _GIVEN:
        return _GIVEN[parameter.name]
    kind = parameter.type if parameter.is_id else parameter.name
    if kind not in ids:
        raise LookupError(f"no value is known for the parameter {parameter.name!r}")
    position = taken.get(kind, 0)
    taken[kind] = position + 1
    return ids[kind][position % len(ids[kind])]


async def demo_parameters(graph: Graph) -> dict[str, dict[str, object]]:
    """For every question the parameters that have no default, by question id; areas are those of the home district."""
    ids = await _ids(graph, await home_of(graph))
    given: dict[str, dict[str, object]] = {}
    for question_id, question in catalogue().items():
        taken: dict[str, int] = {}
        given[question_id] = {p.name: _choose(p, ids, taken) for p in question.parameters if p.required}
        given[question_id]["as_of"] = _GIVEN["as_of"]
        if question_id in _IN_A_COMMUNITY:
            given[question_id]["area"] = ids["Community"][0]
    return given
