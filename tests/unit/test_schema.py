import pytest

from govnet_graph.schema import SCHEMA, NodeType, Property, RelationshipType, SchemaError, Text, ValueType
from govnet_graph.schema.model import RelationshipSet, Schema
from govnet_graph.schema.render import as_json, definitions, dictionary

PLAIN = Property("name", ValueType.STRING, Text("名称", "Name"))


@pytest.mark.parametrize(("zh", "en"), [("", "Name"), ("名称", " ")])
def test_an_empty_description_is_refused(zh, en):
    with pytest.raises(SchemaError):
        Text(zh, en)


def test_names_keep_their_form():
    for make in (
        lambda: Property("Name", ValueType.STRING, Text("名称", "Name")),
        lambda: NodeType("grid", Text("网格", "Grid"), ()),
        lambda: NodeType("Grid", Text("网格", "Grid"), (PLAIN, PLAIN)),
        lambda: NodeType("Grid", Text("网格", "Grid"), (PLAIN,), indexed=("code",)),
        lambda: RelationshipType("partOf", Text("隶属", "Part of"), (), ()),
    ):
        with pytest.raises(SchemaError):
            make()


def test_relationships_and_sets_name_only_what_is_there():
    rel = RelationshipType("PART_OF", Text("隶属", "Part of"), (("Grid", "Nowhere"),), ())
    grid = NodeType("Grid", Text("网格", "Grid"), (PLAIN,))
    with pytest.raises(SchemaError, match="Nowhere"):
        Schema(1, {"Grid": grid}, {"PART_OF": rel}, {}, ())
    with pytest.raises(SchemaError, match="PAIRED_WITH"):
        Schema(1, {"Grid": grid}, {}, {"S": RelationshipSet("S", Text("组", "Set"), ("PAIRED_WITH",))}, ())


def test_the_model_is_complete():
    """The labels and types that the knowledge model lists."""
    labels = (
        "District Street Community Grid Building Organization Unit Member Resource Service Need Project Case Activity "
        "Programme Source Claim Ledger Plan Change"
    )
    types = (
        "PART_OF RESPONSIBLE_FOR MEMBER_OF SITS_ON ASSIGNED_TO PAIRED_WITH OFFERS PROVIDES SERVES LOCATED_IN RAISED_BY FOR MET_BY RAISED_IN "
        "DISPATCHED_TO HELD_BY HELD_IN ATTENDED_BY STATED_IN ABOUT COMPLETE_FOR"
    )
    assert set(labels.split()) <= set(SCHEMA.nodes)
    assert set(types.split()) <= set(SCHEMA.relationships)
    assert {"SUPPORT", "MEMBERSHIP", "CHAIN", "AREA"} <= set(SCHEMA.sets)


def test_every_record_says_where_it_comes_from_and_when_it_was_recorded():
    for kind in (*SCHEMA.nodes.values(), *SCHEMA.relationships.values()):
        assert {"id", "source", "source_ref", "synthetic", "recorded_at", "change"} <= set(kind.by_name)
    for rel in SCHEMA.relationships.values():
        assert rel.dated == ({"since", "until"} <= set(rel.by_name))


def test_names_of_members_are_sensitive_and_titles_are_not():
    member = SCHEMA.nodes["Member"].by_name
    assert member["name"].privacy.masked_by_default and member["aliases"].privacy.masked_by_default
    assert not member["title"].privacy.masked_by_default


def test_no_set_holds_superseded_relationships():
    assert all("SUPERSEDED" not in named.types for named in SCHEMA.sets.values())


def test_each_label_has_a_unique_id_on_each_engine():
    for engine in ("neo4j", "embedded"):
        text = "\n".join(definitions(engine))
        assert all(f"(n:{label}) REQUIRE n.id IS UNIQUE" in text for label in ("Entity", "GraphState", *SCHEMA.nodes))


def test_the_dictionary_and_the_json_describe_everything():
    text = dictionary()
    plain = as_json()
    assert all(f"### {label} · {node.text.zh}" in text for label, node in SCHEMA.nodes.items())
    assert [n["label"] for n in plain["nodes"]] == list(SCHEMA.nodes)
    assert [r["type"] for r in plain["relationships"]] == list(SCHEMA.relationships)
