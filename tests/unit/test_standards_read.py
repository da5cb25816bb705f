"""Popolo and HSDS: what is written follows the standard, what is read is whole, and nothing of a file is lost in silence."""

import datetime as dt
import json
import re
import uuid
from pathlib import Path

import pytest
import yaml

from govnet_graph.errors import BadInput
from govnet_graph.records import Node, problems_of
from govnet_graph.schema import SCHEMA
from govnet_graph.standards import FileUnreadable, read_hsds, read_popolo
from govnet_graph.standards.mapping import STANDARDS, as_markdown, mapping
from tests.exported import PLAIN, SHOWN, district, said, written

HERE = Path(__file__).parents[1] / "standards"
OBJECTS = yaml.safe_load((HERE / "objects.yaml").read_text(encoding="utf-8"))
NODES, EDGES = district()
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")


def fits(kind: str, value: object) -> bool:
    match kind[0]:
        case "s":
            return isinstance(value, str)
        case "d":
            return isinstance(value, str) and _DAY.fullmatch(value) is not None
        case "u":
            return isinstance(value, str) and str(uuid.UUID(value)) == value
        case "o":
            return isinstance(value, dict)
        case "l":
            return isinstance(value, list) and all(isinstance(item, dict) for item in value)
    raise AssertionError(kind)


def faults(standard: str, what: str, item: dict) -> list[str]:
    """In what an object differs from its standard, with everything within it that the table knows."""
    declared = OBJECTS[standard][what]
    found = [f"{what}: {name} is no field" for name in item if name not in declared]
    found += [
        f"{what}: {name} is missing" for name, kind in declared.items() if kind.endswith("!") and name not in item
    ]
    found += [
        f"{what}: {name} is {item[name]!r}"
        for name, kind in declared.items()
        if name in item and not fits(kind, item[name])
    ]
    for name, value in item.items():
        inner = value if isinstance(value, list) else [value]
        if name in OBJECTS[standard] and all(isinstance(each, dict) for each in inner):
            found += [fault for each in inner for fault in faults(standard, name, each)]
    return found


def test_popolo_is_popolo():
    told = json.loads(written("popolo", NODES, EDGES, SHOWN))
    assert set(told) == {"meta", *OBJECTS["popolo"]}
    assert [fault for what in OBJECTS["popolo"] for item in told[what] for fault in faults("popolo", what, item)] == []
    assert all(len({item["id"] for item in told[what]}) == len(told[what]) for what in OBJECTS["popolo"])
    held = {what: {item["id"] for item in told[what]} for what in OBJECTS["popolo"]}
    for item in told["memberships"]:
        assert item.get("person_id", item.get("member", {}).get("id")) in held["persons"] | held["organizations"]
        assert item.get("organization_id", item.get("area_id")) in held["organizations"] | held["areas"]
        assert item.get("post_id") in held["posts"] | {None}


def test_hsds_is_hsds():
    told = json.loads(written("hsds", NODES, EDGES))
    assert told["total_items"] == len(told["contents"]) == sum(n.label == "Resource" for n in NODES)
    assert [fault for item in told["contents"] for fault in faults("hsds", "service", item)] == []
    assert {item["status"] for item in told["contents"]} == {"active", "inactive"}
    assert all(
        item["location"]["location_type"] == "physical" for s in told["contents"] for item in s["service_at_locations"]
    )


def test_the_table_finds_faults():
    assert faults("popolo", "memberships", {"start_date": "soon", "colour": "red"}) == [
        "memberships: colour is no field", "memberships: start_date is 'soon'",
    ]  # fmt: skip
    assert "service: status is missing" in faults("hsds", "service", {"id": str(uuid.UUID(int=1)), "name": "a"})


def test_popolo_comes_back_as_it_left():
    back = read_popolo(written("popolo", NODES, EDGES, SHOWN))
    assert back.unread == ()
    assert list(problems_of(back.nodes, back.edges)) == []
    areas, bodies = set(SCHEMA.areas), {"Organization", "Unit"}
    kept = {n.id: n for n in NODES if n.label in areas | bodies | {"Member"}}
    assert {n.id: (n.label, said(n.props)) for n in back.nodes[1:]} == {
        n.id: (n.label, said(n.props)) for n in kept.values()
    }
    types = {"PART_OF", "RESPONSIBLE_FOR", "LOCATED_IN", "MEMBER_OF", "SITS_ON", "ASSIGNED_TO"}
    wanted = [e for e in EDGES if e.type in types and e.start in kept and e.end in kept]
    assert {e.id: (e.type, e.start, e.end, said(e.props)) for e in back.edges} == {
        e.id: (e.type, e.start, e.end, said(e.props)) for e in wanted
    }
    assert {n.props["source"] for n in back.nodes} == {back.source.id}
    member = next(n for n in back.nodes if n.id == "member-01")
    assert member.props["source_ref"] == "/persons/0 (src-workers row 2)"


def test_masked_popolo_brings_no_title_in_as_a_name():
    told = json.loads(written("popolo", NODES, EDGES, PLAIN))
    named = next(n for n in NODES if n.label == "Member" and "name" in n.props)
    person = next(p for p in told["persons"] if p["id"] == named.id)
    assert (person["name"], person["govnet"]["masked"]) == (named.props["title"], True)
    back = read_popolo(json.dumps(told).encode())
    assert [n.id for n in back.nodes if n.label == "Member" and "name" in n.props] == []
    assert back.unread == ()


def test_hsds_comes_back_as_it_left():
    back = read_hsds(written("hsds", NODES, EDGES))
    assert back.unread == ()
    resources = {n.id for n in NODES if n.label == "Resource"}
    offers = [e for e in EDGES if e.type == "OFFERS" and e.end in resources]
    around = [e for e in EDGES if e.type in ("SERVES", "LOCATED_IN", "PROVIDES") and e.start in resources]
    kept = resources | {e.start for e in offers} | {e.end for e in around if e.type == "PROVIDES"}
    assert {n.id: (n.label, said(n.props)) for n in back.nodes[1:]} == {
        n.id: (n.label, said(n.props)) for n in NODES if n.id in kept
    }
    assert {e.id: (e.type, e.start, e.end, said(e.props)) for e in back.edges} == {
        e.id: (e.type, e.start, e.end, said(e.props)) for e in [*offers, *around]
    }
    assert back.elsewhere == {e.end for e in around if e.type in ("SERVES", "LOCATED_IN")}


def test_a_change_made_elsewhere_counts():
    told = json.loads(written("popolo", NODES, EDGES, SHOWN))
    body = next(o for o in told["organizations"] if "parent_id" in o)
    former, body["parent_id"], body["name"] = body["parent_id"], "org-joint-1", "改过的名称"
    back = read_popolo(json.dumps(told).encode())
    assert next(n for n in back.nodes if n.id == body["id"]).props["name"] == "改过的名称"
    ends = {e.end for e in back.edges if e.type == "PART_OF" and e.start == body["id"]}
    assert "org-joint-1" in ends
    assert former not in ends


def unread(records):
    return {item.path: item.reason for item in records.unread}


def test_a_file_of_another_publisher_is_read():
    content = (HERE / "council.popolo.json").read_bytes()
    found = read_popolo(content, name="council", member_kind="party-member")
    assert list(problems_of(found.nodes, found.edges)) == []
    council = next(n for n in found.nodes if n.props["name"] == "Invented Council")
    assert council.id.startswith("org-council-")
    assert (council.label, council.props["kind"], council.props["inferred"]) == ("Organization", "government", True)
    people = {n.props["name"]: n for n in found.nodes if n.label == "Member"}
    assert set(people) == {"Ada Invented", "Bo Invented"}
    assert people["Ada Invented"].props["aliases"] == ["Ada the Second"]
    assert people["Ada Invented"].props["title"] == "Invented Council·member"
    roles = [
        (e.props.get("role"), e.props.get("since"), e.props.get("until")) for e in found.edges if e.type == "MEMBER_OF"
    ]
    assert sorted(roles, key=str) == sorted(
        [
            ("member", dt.date(2020, 1, 1), dt.date(2024, 1, 1)),
            (None, dt.date(2024, 1, 1), None),
            ("leader", dt.date(2020, 1, 1), None),
        ],
        key=str,
    )
    assert {n.id for n in found.nodes if n.label == "Street"} == {"990101001"}
    left = unread(found)
    assert left["/persons/0/birth_date"] == left["/persons/0/images"] == "personal data that the graph does not keep"
    assert left["/organizations/1/founding_date"] == "'1999' is no full day such as 2026-06-01"
    assert left["/memberships/0/legislative_period_id"] == "not a field that is read of Popolo"
    assert left["/memberships/1/role"].startswith("'Clerk of works' is no role of MEMBER_OF")
    assert left["/memberships/2"].startswith("who is a member")
    assert left["/areas/0"].startswith("an area of the graph is one of")
    assert left["/events"] == "the graph has no place for it"
    assert left["/organizations/0/seats"] == "not a field that is read of Popolo"


def test_people_whose_kind_nobody_told_are_left_out_by_name():
    found = read_popolo((HERE / "council.popolo.json").read_bytes())
    assert [n for n in found.nodes if n.label == "Member"] == []
    left = unread(found)
    assert left["/persons/0"].startswith("the file does not say which kind of member")
    assert left["/persons/1/memberships/0"].startswith("who is a member")
    with pytest.raises(BadInput, match="no kind of member 'wizard'"):
        read_popolo(b'{"persons":[]}', member_kind="wizard")


def leaves(value, path=""):
    """Paths of everything in a file that holds something."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, f"{path}/{at}")
    elif value not in (None, ""):
        yield path, value


TAKEN = {
    "council.popolo.json": r"/meta/.*|.*/(id|name|classification|identifier|organization_id|person_id|role|start_date|end_date|note|lang)",
    "meals.hsds.json": r".*/(id|name|description|alternate_name|eligibility_description|status|freq|byday|opens_at|closes_at|code"
    r"|extent|extent_type|taxonomy|link_entity)",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("council.popolo.json", lambda content: read_popolo(content, member_kind="volunteer")),
        ("meals.hsds.json", read_hsds),
    ],
)
def test_everything_in_a_file_is_a_record_or_is_named(name, read):
    content = (HERE / name).read_bytes()
    found = read(content)
    left = [item.path for item in found.unread]
    lost = [
        path
        for path, _ in leaves(json.loads(content))
        if not re.fullmatch(TAKEN[name], path) and not any(path == p or path.startswith(p + "/") for p in left)
    ]
    assert lost == []


def test_a_service_of_another_publisher_is_read():
    found = read_hsds((HERE / "meals.hsds.json").read_bytes(), name="meals")
    by_label = {n.label: n for n in found.nodes}
    meals = by_label["Resource"]
    assert (meals.props["name"], meals.props["aliases"], meals.props["terms"]) == (
        "Invented Meals",
        ["IM"],
        "Everyone over 60",
    )
    assert meals.props["schedule"] == "freq WEEKLY byday MO,TU opens_at 11:00 closes_at 13:00"
    assert (meals.props["inferred"], meals.props["kind"]) == (True, "service-point")
    assert by_label["Service"].props["code"] == "meals"
    joined = {(e.type, e.start, e.end) for e in found.edges}
    assert joined == {
        ("OFFERS", by_label["Organization"].id, meals.id),
        ("PROVIDES", meals.id, by_label["Service"].id),
        ("SERVES", meals.id, "990101001001"),
    }
    left = unread(found)
    assert left["/service_areas/1/extent"] == "areas are named by their statistical codes"
    assert left["/service_at_locations/0/location"].startswith("it names no area of the graph")
    assert left["/phones"] == left["/email"] == "personal data that the graph does not keep"
    assert left["/status"].startswith("temporarily closed")


@pytest.mark.parametrize("read", [read_popolo, read_hsds])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1]"[:2], b"{}", b'"text"', b"7", b"[" * 100_000])
def test_what_is_no_such_file_is_refused(read, content):
    with pytest.raises(FileUnreadable):
        read(content)


@pytest.mark.parametrize(
    "told",
    [
        {"persons": [7, None, {"id": 3}], "organizations": [{"id": "a", "name": ["x"]}], "memberships": "x"},
        {"organizations": [{"id": "a", "name": "A", "govnet": {"edges": [7, {"type": "NO", "to": "x"}], "props": 3}}]},
        {"areas": [{"id": "a", "classification": "grid", "parent_id": {"id": 4}}], "posts": [{"id": "p"}]},
        {"organizations": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]},
    ],
)
def test_odd_popolo_breaks_nothing(told):
    found = read_popolo(json.dumps(told).encode())
    assert list(problems_of(found.nodes, found.edges)) == []
    assert found.unread


def test_an_id_that_the_graph_cannot_hold_is_made_plain():
    found = read_popolo(
        json.dumps({"organizations": [{"id": "组/一", "name": "甲"}, {"id": "组/二", "name": "乙"}]}).encode()
    )
    assert len({n.id for n in found.nodes}) == 3
    assert list(problems_of(found.nodes, found.edges)) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_mapping_tables_name_what_there_is(standard):
    for item in mapping(standard)["objects"].values():
        for label in item["labels"]:
            known = {p.name for p in SCHEMA.nodes[label].properties}
            assert any(name in known for name in item["fields"])
    page = as_markdown(standard)
    assert all(loss["zh"] in page and loss["en"] in page for loss in mapping(standard)["losses"])


def test_the_source_is_the_file():
    content = (HERE / "meals.hsds.json").read_bytes()
    first, second = read_hsds(content, name="meals"), read_hsds(content, name="meals")
    assert first == second
    assert isinstance(first.source, Node)
    assert (first.source.label, first.source.props["name"], len(str(first.source.props["sha256"]))) == (
        "Source",
        "meals",
        64,
    )
