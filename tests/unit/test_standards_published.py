"""Exports against the schemas that the standards' own publishers keep, and imports of the examples that they publish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3, DRAFT202012

from govnet_graph.records import problems_of
from govnet_graph.standards import read_hsds, read_popolo
from tests.exported import PLAIN, SHOWN, district, written

HERE = Path(__file__).parents[1] / "standards"
PUBLISHED = HERE / "published"
NODES, EDGES = district()
OBJECTS = {
    "areas": "area", "organizations": "organization", "persons": "person", "posts": "post", "memberships": "membership",
}  # fmt: skip
EXAMPLES = sorted(path.name for path in (PUBLISHED / "hsds-examples").glob("*.json"))


def schemas(folder: str) -> dict[str, Any]:
    return {path.name: json.loads(path.read_bytes()) for path in sorted((PUBLISHED / folder).glob("*.json"))}


def _stub(uri: str) -> Resource[Any]:
    """Objects that no export of ours holds (motions, votes, speeches) may be anything."""
    assert uri.rpartition("/")[2].split(".")[0] in {"motion", "vote", "speech", "vote_event", "count"}, uri
    return Resource(contents={}, specification=DRAFT3)


def popolo(kind: str) -> jsonschema.Draft3Validator:
    found = {told["id"].rstrip("#"): DRAFT3.create_resource(told) for told in schemas("popolo").values()}
    registry: Registry[Any] = Registry(retrieve=_stub).with_resources(found.items())  # type: ignore[call-arg]
    return jsonschema.Draft3Validator(schemas("popolo")[f"{kind}.json"], registry=registry)


def hsds(kind: str) -> jsonschema.Draft202012Validator:
    found = {name: DRAFT202012.create_resource(told) for name, told in schemas("hsds").items()}
    registry: Registry[Any] = Registry().with_resources(found.items())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schemas("hsds")[f"{kind}.json"], registry=registry, format_checker=checker)


def faults(validator: Any, item: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(item)]


@pytest.mark.parametrize("disclosure", [PLAIN, SHOWN])
def test_exported_popolo_is_valid_by_the_published_schemas(disclosure):
    told = json.loads(written("popolo", NODES, EDGES, disclosure))
    for collection, kind in OBJECTS.items():
        validator = popolo(kind)
        assert told[collection]
        assert [fault for item in told[collection] for fault in faults(validator, item)] == []


@pytest.mark.parametrize("disclosure", [PLAIN, SHOWN])
def test_exported_hsds_is_valid_by_the_published_schemas(disclosure):
    told = json.loads(written("hsds", NODES, EDGES, disclosure))
    validator = hsds("service")
    assert told["contents"]
    assert [fault for item in told["contents"] for fault in faults(validator, item)] == []


def test_the_schemas_find_faults():
    assert faults(popolo("membership"), {"role": 7, "person_id": ["x"]})
    assert faults(popolo("organization"), {"other_names": [{"name": 7}]})
    assert faults(hsds("service"), {"id": "no-uuid", "name": "x", "status": "active"})
    assert faults(hsds("service"), {"name": "x", "phones": [{"id": 7}]})


def test_our_own_small_files_have_the_structure_of_published_ones():
    told = json.loads((HERE / "council.popolo.json").read_bytes())
    for collection, kind in OBJECTS.items():
        assert [fault for item in told.get(collection, []) for fault in faults(popolo(kind), item)] == []
    assert faults(hsds("service"), json.loads((HERE / "meals.hsds.json").read_bytes())) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_published_examples_are_read(name):
    content = (PUBLISHED / "hsds-examples" / name).read_bytes()
    found = read_hsds(content, name=name)
    assert list(problems_of(found.nodes, found.edges)) == []
    labels = {node.label for node in found.nodes}
    assert {"Resource", "Organization"} & labels
    assert all(item.why.text.zh and item.reason for item in found.unread)


def test_a_popolo_file_of_many_legislatures_is_read():
    """The shape that EveryPolitician gave its files: terms as events, parties as organizations, memberships by term."""
    told = {
        "persons": [
            {"id": f"p{n}", "name": f"Person {n}", "identifiers": [{"scheme": "wikidata", "identifier": f"Q{n}"}], "gender": "x"}
            for n in range(50)
        ],
        "organizations": [
            {"id": "house", "name": "House", "classification": "legislature", "seats": 50},
            {"id": "party/a", "name": "Party A", "classification": "party"},
        ],
        "events": [{"id": "term/1", "name": "1st", "classification": "legislative period", "organization_id": "house"}],
        "areas": [{"id": "area/x", "name": "X", "type": "constituency"}],
        "memberships": [
            {"person_id": f"p{n}", "organization_id": "house", "on_behalf_of_id": "party/a", "role": "member",
             "area_id": "area/x", "legislative_period_id": "term/1", "start_date": "2020-01-01"}
            for n in range(50)
        ],
    }  # fmt: skip
    for collection, kind in OBJECTS.items():
        assert [fault for item in told.get(collection, []) for fault in faults(popolo(kind), item)] == []
    found = read_popolo(json.dumps(told).encode(), member_kind="volunteer")
    assert list(problems_of(found.nodes, found.edges)) == []
    assert sum(node.label == "Member" for node in found.nodes) == 50
    assert sum(edge.type == "MEMBER_OF" for edge in found.edges) == 50
    left = {item.path for item in found.unread}
    assert {"/events", "/areas/0"} <= left
    assert all(f"/memberships/{n}/legislative_period_id" in left for n in range(50))
