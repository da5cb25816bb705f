"""Small queries beside the catalogue: where to start, what the model looks like, and parameters to try with."""

from __future__ import annotations

from collections.abc import Mapping

from govnet_graph.questions import ParameterValue, bind, catalogue
from govnet_graph.questions.examples import DAY, IDS, required
from govnet_graph.questions.model import Question
from govnet_graph.questions.paste import presets
from govnet_graph.schema import SCHEMA
from govnet_graph.schema.render import NOTICE

#: Relationship types that tell where records come from and who changed them; they join nearly everything.
EVIDENCE = ("STATED_IN", "ABOUT", "COMPLETE_FOR", "CHANGES", "SUPERSEDED")


def start(label: str) -> str:
    """A query that shows nodes of one label, read from the index of their ids in its order."""
    text = SCHEMA.nodes[label].text
    return f"// {text.zh} {label}\nMATCH (n:{label}) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25"


def starts_file() -> str:
    """One starting point per label."""
    return f"// {NOTICE}\n" + "".join(f"\n{start(label)};\n" for label in SCHEMA.nodes)


def _map(title: str, types: str) -> str:
    """A query that draws the labels of the graph and how relationships of some types join them in it.

    ``CALL db.schema.visualization()`` alone draws each relationship again for the label Entity, which every node carries,
    and joins any two labels that a type starts and ends at somewhere; what is not in the graph is left out here. Reads
    every relationship once.
    """
    return f"""// {title}
// {NOTICE}
MATCH (a:Entity)-[r]->(b:Entity)
WHERE {types}
WITH DISTINCT labels(a) AS one, type(r) AS type, labels(b) AS other
WITH collect(head([l IN one WHERE l <> 'Entity']) + ' ' + type + ' ' + head([l IN other WHERE l <> 'Entity'])) AS joined
CALL db.schema.visualization() YIELD nodes, relationships
// These nodes stand in this answer alone: Neo4j 5 knows of them no more than labels and element ids.
WITH nodes, [r IN relationships WHERE
  head([n IN nodes WHERE elementId(n) = elementId(startNode(r)) | labels(n)[0]]) + ' ' + type(r) + ' ' +
  head([n IN nodes WHERE elementId(n) = elementId(endNode(r)) | labels(n)[0]]) IN joined] AS links
RETURN [n IN nodes WHERE any(r IN links WHERE elementId(n) IN [elementId(startNode(r)), elementId(endNode(r))])] AS nodes, links;
"""


_PROVENANCE = f"type(r) IN {list(EVIDENCE)}"


def model_map() -> str:
    """How what is governed is joined, as it stands in the graph."""
    return _map("模型图：有哪些种类的事物，怎样相连 Map of the model", f"NOT {_PROVENANCE}")


def provenance_map() -> str:
    """How sources, claims, ledgers and changes are joined to what they tell of, as it stands in the graph."""
    return _map("来源图：出处、指标、台账与变更说的是什么 Map of provenance", _PROVENANCE)


def example(question: Question) -> dict[str, ParameterValue]:
    """Parameters with which a question can be tried on the demonstration district."""
    return bind(question, {**required(question), "as_of": DAY}, home=IDS["District"])


def shared_presets() -> dict[str, ParameterValue]:
    """Parameters that are of one type wherever they occur, each with the value that most questions are tried with."""
    types: dict[str, set[str]] = {}
    values: dict[str, list[ParameterValue]] = {}
    for question in catalogue().values():
        given = example(question)
        for p in question.parameters:
            types.setdefault(p.name, set()).add(p.type)
            values.setdefault(p.name, []).append(given[p.name])
    return {name: max(values[name], key=values[name].count) for name in sorted(types) if len(types[name]) == 1}


def presets_file() -> str:
    """The commands that set them, to paste once; the questions whose parameters differ carry their own."""
    shared = shared_presets()
    own: Mapping[str, list[str]] = {
        name: [q.id for q in catalogue().values() if q.parameter(name)]
        for name in sorted({p.name for q in catalogue().values() for p in q.parameters} - set(shared))
    }
    notes = "".join(f"// {name}: {', '.join(ids)}\n" for name, ids in own.items())
    return (
        f"// 演示区的参数 Parameters to try on the demonstration district\n// {NOTICE}\n"
        f"// Not here, because questions take them differently:\n{notes}\n{presets(shared)}"
    )
