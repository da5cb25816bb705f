"""Parameters for every question on the data that is loaded: real ids of the labels that a question asks for."""

from __future__ import annotations

from govnet_graph.questions import Parameter, catalogue
from govnet_graph.schema import SCHEMA
from govnet_graph.store.driver import Graph

_GIVEN: dict[str, object] = {
    "q": "社区",
    "from": "2026-01-01",
    "to": "2026-07-01",
    "as_of": "2026-06-01",
    "source": "src-article",
}


async def _ids(graph: Graph) -> dict[str, list[str]]:
    """Two ids of each label: of the nodes with the most relationships, which are the dearest to ask about."""
    found: dict[str, list[str]] = {}
    for label in SCHEMA.nodes:
        text = f"MATCH (n:{label}) WITH n.id AS id, COUNT {{ (n)--() }} AS degree ORDER BY degree DESC, id LIMIT 2 RETURN id"
        found[label] = [row[0] for row in await graph.read(text)]
    found["Area"], found["Entity"] = found["District"], found["Member"][:1] + found["Unit"][:1]
    return found


def _choose(parameter: Parameter, ids: dict[str, list[str]], taken: dict[str, int]) -> object:
    if parameter.name in _GIVEN and not parameter.is_id:
        return _GIVEN[parameter.name]
    if not parameter.is_id:
        raise LookupError(f"no value is known for the parameter {parameter.name!r}")
    position = taken.get(parameter.type, 0)
    taken[parameter.type] = position + 1
    choice = ids[parameter.type]
    return choice[position % len(choice)]


async def demo_parameters(graph: Graph) -> dict[str, dict[str, object]]:
    """For every question the parameters that have no default, by question id."""
    ids = await _ids(graph)
    given: dict[str, dict[str, object]] = {}
    for question_id, question in catalogue().items():
        taken: dict[str, int] = {}
        given[question_id] = {p.name: _choose(p, ids, taken) for p in question.parameters if p.required}
        given[question_id]["as_of"] = _GIVEN["as_of"]
    return given
