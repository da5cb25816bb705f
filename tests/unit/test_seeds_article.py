"""The article's data set: every fact accounted for, the named things and no others, the traps of the text heeded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from govnet_graph.assets import seeds_folder
from govnet_graph.records import Dataset, Edge, Node, RecordError
from govnet_graph.seeds.article import FACTS, account_of_facts, load_article
from govnet_graph.seeds.facts import REASONS, Fact, account, read_facts
from govnet_graph.seeds.read import read_rows

SEEDS = seeds_folder()
ARTICLE = load_article(SEEDS)
REGISTER = read_facts(SEEDS / "article" / "facts.csv")
RECORDS: tuple[Node | Edge, ...] = (*ARTICLE.nodes, *ARTICLE.edges)
NODES = {node.id: node for node in ARTICLE.nodes}
EDGES = {edge.id: edge for edge in ARTICLE.edges}
README = (SEEDS / "article" / "README.md").read_text(encoding="utf-8")


def ids(label: str) -> set[str]:
    return {node.id for node in ARTICLE.nodes if node.label == label}


def claim(fact: str) -> dict[str, object]:
    return dict(NODES[f"claim-{fact}"].props)


def edges(type_: str) -> set[tuple[str, str]]:
    return {(edge.start, edge.end) for edge in ARTICLE.edges if edge.type == type_}


# --- the register ---------------------------------------------------------------------------------------------------


def test_all_207_facts_are_accounted_for() -> None:
    found = account_of_facts(SEEDS)
    assert found.facts == FACTS == 207
    assert sum(found.dispositions.values()) == 207
    assert sum(found.reasons.values()) == found.dispositions["none"]
    assert set(found.reasons) == set(REASONS)
    assert [fact.id for fact in REGISTER] == [f"F{n:03d}" for n in range(1, 208)]


def test_no_two_facts_share_place_and_phrase() -> None:
    assert len({(fact.offset, fact.phrase) for fact in REGISTER}) == 207
    by_offset = sorted(REGISTER, key=lambda fact: fact.offset)
    assert [fact.line for fact in by_offset] == sorted(fact.line for fact in REGISTER)
    assert by_offset[-1].offset + len(by_offset[-1].phrase) <= 2857


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda facts: facts[:-1], "F207 is listed 0 times"),
        (lambda facts: (*facts, facts[0]), "F001 is listed 2 times"),
        (lambda facts: (*facts, replace(facts[0], id="F208")), "F208 is not a fact of the source"),
        (lambda facts: (replace(facts[0], phrase="字" * 21), *facts[1:]), "F001 quotes 21 characters"),
        (lambda facts: (replace(facts[0], disposition="rumour"), *facts[1:]), "F001 has the unknown disposition"),
        (lambda facts: (replace(facts[0], targets=()), *facts[1:]), "F001 became a node, so it needs a target"),
        (
            lambda facts: (replace(facts[0], targets=("no-such",)), *facts[1:]),
            "F001 leads to no-such, which is not there",
        ),
        (
            lambda facts: (replace(facts[0], targets=("claim-f007",)), *facts[1:]),
            "F001 became a node, but none of its targets is one",
        ),
        (
            lambda facts: (*facts[:2], replace(facts[2], reason="boring"), *facts[3:]),
            "F003 became nothing, so it needs a reason",
        ),
        (
            lambda facts: (*facts[:15], replace(facts[15], model=()), *facts[16:]),
            "F016 must name what of the schema holds it",
        ),
        (
            lambda facts: (*facts[:15], replace(facts[15], model=("SITS_ON.role=king",)), *facts[16:]),
            "the schema has no SITS_ON.role=king",
        ),
        (
            lambda facts: (*facts[:163], replace(facts[163], targets=("svc-culture",)), *facts[164:]),
            "res-water-tower-park names the article",
        ),
    ],
)
def test_a_damaged_register_is_refused(damage: Callable[[tuple[Fact, ...]], tuple[Fact, ...]], reason: str) -> None:
    with pytest.raises(RecordError, match=re.escape(reason)):
        account(damage(REGISTER), ARTICLE, FACTS)


def test_a_thing_without_a_fact_is_refused() -> None:
    invented = Node(
        "Unit", "unit-invented", {"name": "某局", "kind": "agency", "source": "src-article", "source_ref": "9:333"}
    )
    data = Dataset("article", "210902", (*ARTICLE.nodes, invented), ARTICLE.edges)
    with pytest.raises(RecordError, match="unit-invented names the article as its source, but no fact leads to it"):
        account(REGISTER, data, FACTS)


def test_a_register_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("fact,line\nF001,5\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"facts\.csv: the columns are fact, line"):
        read_facts(path)


def test_each_alias_rests_on_a_fact_about_its_area() -> None:
    targets = {fact.id: fact.targets for fact in REGISTER}
    rows = [row for _, row in read_rows(SEEDS / "article" / "aliases.csv")]
    assert {row["alias"] for row in rows} == {"阜新市海州区", "辽宁省阜新市海州区", "平西街道", "西华园"}
    for row in rows:
        assert row["id"] in targets[row["fact"]]
        assert row["alias"] in NODES[row["id"]].props["aliases"]  # type: ignore[operator]


# --- what the graph gets --------------------------------------------------------------------------------------------


def test_it_holds_the_named_things_and_no_others() -> None:
    assert ids("Unit") == {
        "unit-ccb-fuxin",
        "unit-haizhou-court",
        "unit-fuxin-south-station",
        "unit-youth-palace",
        "unit-bank-of-fuxin",
        "unit-unicom",
    }
    assert ids("Organization") == {
        "org-coordination-body",
        "org-happiness-stewards",
        "org-star-workshop",
        "org-volunteer-team-f140",
    }
    assert ids("Member") == {"member-f127", "member-f132", "member-f136"}
    assert len(ids("Programme")) == 8
    assert Counter(NODES[i].props["kind"] for i in ids("Resource")) == {
        "forum": 4, "canteen": 2, "park": 2, "hall": 1, "parking": 1, "shelter": 1, "classroom": 1, "documentary": 1,
    }  # fmt: skip
    assert not ids("Grid") | ids("Activity") | ids("Case") | ids("Ledger") | ids("Need")


def test_every_record_says_where_it_comes_from_and_is_not_synthetic() -> None:
    assert [r.id for r in RECORDS if r.props.get("source") not in ids("Source") or not r.props.get("source_ref")] == []
    assert [r.id for r in RECORDS if r.props.get("synthetic") is not False] == []
    assert [r.id for r in RECORDS if r.props.get("inferred") and not r.props.get("note")] == []
    places = {fact.source_ref for fact in REGISTER}
    assert [
        r.id
        for r in RECORDS
        if r.props.get("source") == "src-article" and r.props["source_ref"] not in places | {"title"}
    ] == []


def test_nothing_is_dated_because_the_article_is_not() -> None:
    assert [r.id for r in RECORDS if {"since", "until", "published_on", "held_on"} & set(r.props)] == []


def test_the_article_is_known_by_its_hash() -> None:
    assert NODES["src-article"].props["sha256"] == "8e0ae3090ad60ade207616ba3c9cccc01956ecf2831644fa6e757d90f091b035"
    assert NODES["src-divisions-2023"].props["licence"] == "MIT"


def test_names_of_members_stand_in_their_masked_property_alone() -> None:
    names = [str(NODES[i].props["name"]) for i in ids("Member")]
    assert len(names) == 3
    for record in RECORDS:
        shown = {
            k: v
            for k, v in record.props.items()
            if not (isinstance(record, Node) and record.label == "Member" and k == "name")
        }
        assert not any(name in f"{record.id} {shown}" for name in names), record.id


def test_the_small_group_is_nowhere_counted() -> None:
    assert claim("f198")["suppressed"] is True
    assert "value" not in claim("f198")
    assert "phrase" not in EDGES["STATED_IN:claim-f198>src-article#F198"].props
    assert [r.id for r in RECORDS if "自闭症" in str(dict(r.props))] == []


# --- claims ---------------------------------------------------------------------------------------------------------


def test_the_metrics_are_those_that_the_readme_defines() -> None:
    documented = {
        match["metric"]: (match["ledger"], match["unit"])
        for match in re.finditer(
            r"^\| `(?P<metric>[a-z_.]+)` \|.*\| (?P<unit>[a-z]+) \| (?P<ledger>[a-z-]+) \| [^|]+ \| F[^|]+\|$",
            README,
            re.MULTILINE,
        )
    }
    claims = [NODES[i].props for i in ids("Claim") if "metric" in NODES[i].props]
    assert {str(c["metric"]): (c["ledger"], c["unit"]) for c in claims} == documented
    assert len(claims) == len(documented) == 30


def test_each_claim_is_either_tested_or_says_why_not() -> None:
    for i in sorted(ids("Claim")):
        c = NODES[i].props
        assert ("metric" in c) != ("reason" in c), i
        assert ("ledger" in c) == ("metric" in c), i
        assert ("bound" in c) == ("value" in c), i
        assert (i, "210902") in edges("ABOUT"), i


EXACT = {
    "f013": 9, "f023": 59, "f024": 1826, "f041": 347, "f042": 6, "f043": 57, "f046": 757, "f071": 154, "f072": 313,
    "f081": 12, "f088": 15, "f091": 132, "f104": 65, "f109": 1555, "f111": 1480, "f114": 53, "f115": 57, "f116": 163,
    "f117": 73, "f118": 7, "f181": 4,
}  # fmt: skip
LOWER = {"f026": 400, "f141": 200, "f148": 5, "f152": 50, "f156": 8400, "f171": 300, "f182": 900, "f193": 100}


def test_figures_keep_their_value_and_bound() -> None:
    assert {fact: (claim(fact)["value"], claim(fact)["bound"]) for fact in {**EXACT, **LOWER}} == {
        **{fact: (value, "exact") for fact, value in EXACT.items()},
        **{fact: (value, "lower") for fact, value in LOWER.items()},
    }


def test_derived_figures_follow_from_the_stated_ones_and_say_so() -> None:
    value = {
        name: float(str(claim(name)["value"]))
        for name in ("f109", "f111", "f112", "f109-open", "f119", "f114", "f115", "f116", "f117", "f118")
    }
    assert value["f109-open"] == value["f109"] - value["f111"]
    assert value["f119"] == sum(value[f"f{n}"] for n in range(114, 119))
    assert value["f112"] == round(100 * value["f111"] / value["f109"], 2)
    derived = {i for i in ids("Claim") if NODES[i].props.get("inferred")}
    assert derived == {"claim-f109-open", "claim-f119"}
    assert all(str(NODES[i].props["note"]).startswith("derived: ") for i in derived)


def test_overlapping_figures_share_a_group() -> None:
    grouped = {i for i in ids("Claim") if NODES[i].props.get("group") == "handled-problems"}
    assert grouped == {"claim-f046", "claim-f072", "claim-f072-disputes", "claim-f111", "claim-f141"}


@pytest.mark.parametrize("fact", ["f030", "f033", "f049", "f202"])
def test_claims_of_full_coverage_have_no_figure_and_no_test(fact: str) -> None:
    assert "value" not in claim(fact)
    assert "没有可对照的总数" in str(claim(fact)["reason"])


# --- traps of the text ----------------------------------------------------------------------------------------------


def test_the_judges_are_not_linked_to_the_court() -> None:
    assert ("claim-f118", "unit-haizhou-court") not in edges("ABOUT")
    assert not {
        start for type_ in ("MEMBER_OF", "ASSIGNED_TO") for start, end in edges(type_) if end == "unit-haizhou-court"
    }


def test_no_unit_is_called_a_district_agency() -> None:
    assert [i for i in ids("Unit") if "district_agency" in NODES[i].props] == []


def test_parking_is_offered_by_three_units_and_not_split() -> None:
    offers = [edge for edge in ARTICLE.edges if edge.type == "OFFERS" and edge.end == "res-night-parking"]
    assert {edge.start for edge in offers} == {"unit-ccb-fuxin", "unit-haizhou-court", "unit-fuxin-south-station"}
    assert all("capacity" not in edge.props and edge.props["schedule"] == "夜间" for edge in offers)
    assert (NODES["res-night-parking"].props["capacity"], NODES["res-night-parking"].props["capacity_bound"]) == (
        300,
        "lower",
    )


def test_inferred_places_are_marked() -> None:
    for edge in (
        "STATED_IN:210902009>src-article#F203",
        "STATED_IN:210902005011>src-article#F179",
        "LOCATED_IN:res-forum-pavilion>210902009",
        "LOCATED_IN:res-canteen-xihuayuan>210902005011",
    ):
        assert EDGES[edge].props["inferred"] is True
    assert "inferred" not in EDGES["LOCATED_IN:res-canteen-wenxinyuan>210902008008"].props


def test_the_probable_misprint_is_kept_and_marked() -> None:
    programme = NODES["prog-old-young-disabled"].props
    assert "老有所育" in programme["aliases"]  # type: ignore[operator]
    assert "sic" in str(programme["note"])


def test_the_named_full_time_worker_is_assigned_to_her_community() -> None:
    assert ("member-f136", "210902009008") in edges("ASSIGNED_TO")
    assert "party_member" not in NODES["member-f136"].props
