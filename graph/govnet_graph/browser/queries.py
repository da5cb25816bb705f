"""Small queries beside the catalogue: where to start, what the model looks like, and parameters to try with."""

from __future__ import annotations

from collections.abc import Mapping

from govnet_graph.questions import ParameterValue, bind, catalogue
from govnet_graph.questions.examples import DAY, IDS, required
from govnet_graph.questions.model import Question
from govnet_graph.questions.paste import presets
from govnet_graph.schema import SCHEMA
from govnet_graph.schema.render import NOTICE

_APART = ("CHANGES", "SUPERSEDED", "STATED_IN", "ABOUT")
_UNSEEN = ("Plan", "Change")


def start(label: str) -> str:
    """A query that shows nodes of one label, read from the index of their ids in its order."""
    text = SCHEMA.nodes[label].text
    return f"// {text.zh} {label}\nMATCH (n:{label}) WHERE n.id > '' RETURN n ORDER BY n.id LIMIT 25"


def starts_file() -> str:
    """One starting point per label."""
    return f"// {NOTICE}\n" + "".join(f"\n{start(label)};\n" for label in SCHEMA.nodes)


def model_pairs() -> list[tuple[str, str, str]]:
    """(start label, type, end label) of what the map draws.

    What joins things to areas of every level is drawn to the smallest that it may join alone; what joins everything
    (sources, changes) is left out.
    """
    found = []
    for rel in SCHEMA.relationships.values():
        if rel.type in _APART:
            continue
        for one, other in rel.pairs:
            if one in _UNSEEN or other in _UNSEEN:
                continue
            nearest = next((a for a in ("Grid", "Community", "Street", "District") if (one, a) in rel.pairs), other)
            if rel.type == "PART_OF" or other not in SCHEMA.areas or other in (nearest, "Building"):
                found.append((one, rel.type, other))
    return found


def model_map() -> str:
    """A query that draws the labels and how they are joined, as far as the graph holds such relationships.

    ``CALL db.schema.visualization()`` alone draws each relationship again for the label Entity, which every node carries,
    and joins any two labels that a type starts and ends at somewhere; the pairs that the schema names are kept.
    """
    pairs = ",\n  ".join(f"'{one} {type_} {other}'" for one, type_, other in model_pairs())
    return f"""// 模型图:有哪些种类的事物,怎样相连 Map of the model
// {NOTICE}
CALL db.schema.visualization() YIELD nodes, relationships
// These nodes stand in this answer alone: Neo4j 5 knows of them no more than labels and element ids.
WITH nodes, [r IN relationships WHERE
  head([n IN nodes WHERE elementId(n) = elementId(startNode(r)) | labels(n)[0]]) + ' ' + type(r) + ' ' +
  head([n IN nodes WHERE elementId(n) = elementId(endNode(r)) | labels(n)[0]]) IN [
  {pairs}
]] AS links
RETURN [n IN nodes WHERE any(r IN links WHERE elementId(n) IN [elementId(startNode(r)), elementId(endNode(r))])] AS nodes, links;
"""


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
