"""The demonstration data: every count of the article at once, on any day; the same bytes every time; planted gaps."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnet_graph.assets import seeds_folder
from govnet_graph.records import Edge, Node, RecordError, problems_of
from govnet_graph.seeds.article import load_article
from govnet_graph.seeds.demo import Held, generate, held_by, load_demo, read_profile, stream
from govnet_graph.seeds.demo.dice import Dice, spread
from tests.oracle.judgement import Judge
from tests.oracle.world import World

SEEDS = seeds_folder()
ARTICLE = load_article(SEEDS)
DEMO = load_demo(SEEDS, article=ARTICLE)
PROFILE = read_profile(SEEDS / "demo")
README = (SEEDS / "demo" / "README.md").read_text(encoding="utf-8")
DAYS = [dt.date(2026, 1, 1), dt.date(2026, 6, 1), dt.date(2026, 11, 23), dt.date(2027, 6, 30)]

OLD = {node.id for node in ARTICLE.nodes} | {edge.id for edge in ARTICLE.edges}
NODES = {node.id: node for node in DEMO.nodes}
NEW_NODES = [node for node in DEMO.nodes if node.id not in OLD]
NEW_EDGES = [edge for edge in DEMO.edges if edge.id not in OLD]
OUT: dict[str, list[Edge]] = defaultdict(list)
IN: dict[str, list[Edge]] = defaultdict(list)
for _edge in DEMO.edges:
    OUT[_edge.start].append(_edge)
    IN[_edge.end].append(_edge)

# claim of the article -> (least, most) of what the demonstration data hold
COUNTS: dict[str, tuple[float, float]] = {
    "claim-f013": (9, 9),
    "claim-f023": (59, 59),
    "claim-f024": (1826, 1826),
    "claim-f026": (400, 500),
    "claim-f039": (5, 5),
    "claim-f041": (347, 347),
    "claim-f042": (6, 6),
    "claim-f043": (57, 57),
    "claim-f046": (757, 757),
    "claim-f071": (154, 154),
    "claim-f072": (313, 313),
    "claim-f072-disputes": (313, 313),
    "claim-f081": (12, 12),
    "claim-f088": (15, 15),
    "claim-f091": (132, 132),
    "claim-f104": (65, 65),
    "claim-f109": (1555, 1555),
    "claim-f109-open": (75, 75),
    "claim-f111": (1480, 1480),
    "claim-f112": (95.18, 95.18),
    "claim-f114": (53, 53),
    "claim-f115": (57, 57),
    "claim-f116": (163, 163),
    "claim-f117": (73, 73),
    "claim-f118": (7, 7),
    "claim-f119": (353, 353),
    "claim-f141": (200, 300),
    "claim-f152": (50, 60),
    "claim-f171": (300, 400),
    "claim-f181": (4, 4),
}


def holds(record: Node | Edge, day: dt.date) -> bool:
    since, until = record.props.get("since"), record.props.get("until")
    return (since is None or since <= day) and (until is None or until > day)  # type: ignore[operator]


def alive(day: dt.date, label: str, **wanted: object) -> Iterator[Node]:
    for node in DEMO.nodes:
        if node.label == label and holds(node, day) and all(node.props.get(k) == v for k, v in wanted.items()):
            yield node


def linked(day: dt.date, type_: str) -> Iterator[Edge]:
    for edge in DEMO.edges:
        if edge.type == type_ and holds(edge, day) and holds(NODES[edge.start], day) and holds(NODES[edge.end], day):
            yield edge


def professionals(day: dt.date, *professions: str) -> int:
    on_post = {e.start for e in linked(day, "ASSIGNED_TO") if e.props["role"] == "professional"}
    found = alive(day, "Member", kind="professional-grid-worker")
    return sum(n.id in on_post and n.props["profession"] in professions for n in found)


def cases(day: dt.date, channel: str) -> tuple[int, int]:
    """Cases of a channel raised by a day, and the solved ones among them."""
    raised = [n for n in alive(day, "Case", channel=channel) if n.props["raised_on"] <= day]  # type: ignore[operator]
    done = [n for n in raised if n.props["state"] in ("solved", "closed") and n.props["closed_on"] <= day]  # type: ignore[operator]
    return len(raised), len(done)


def activities(day: dt.date, kind: str) -> list[Node]:
    return [n for n in alive(day, "Activity", kind=kind) if n.props["held_on"] <= day]  # type: ignore[operator]


def of_agencies(day: dt.date) -> Counter[str]:
    """Members of the party by district agency."""
    members = [e for e in linked(day, "MEMBER_OF") if NODES[e.end].props.get("district_agency") is True]
    assert len({e.start for e in members}) == len(members), "a member is counted in two agencies"
    return Counter(e.end for e in members if NODES[e.start].props.get("party_member") is True)


def parking(day: dt.date) -> float:
    return sum(
        int(str(e.props.get("capacity", 0))) for e in linked(day, "OFFERS") if NODES[e.end].props["kind"] == "parking"
    )


METRICS: dict[str, Callable[[dt.date], float]] = {
    "organizations.task_force": lambda day: len(list(alive(day, "Organization", kind="task-force"))),
    "units.district_agency": lambda day: len(list(alive(day, "Unit", district_agency=True))),
    "members.of_district_agencies": lambda day: of_agencies(day).total(),
    "activities.theme_day": lambda day: len(activities(day, "theme-day")),
    "organizations.levels": lambda day: len({n.props.get("level") for n in alive(day, "Organization")} - {None}),
    "organizations.grid_branch": lambda day: len(list(alive(day, "Organization", kind="grid-party-branch"))),
    "organizations.demonstration": lambda day: len(list(alive(day, "Organization", demonstration=True))),
    "grids.demonstration": lambda day: len(list(alive(day, "Grid", demonstration=True))),
    "cases.demonstration.solved": lambda day: cases(day, "demonstration")[1],
    "activities.deliberation": lambda day: len(activities(day, "deliberation")),
    "activities.deliberation.disputes": lambda day: sum(
        int(str(n.props["disputes"])) for n in activities(day, "deliberation")
    ),
    "cases.forum.solved": lambda day: cases(day, "forum")[1],
    "activities.visit.attendance": lambda day: sum(int(str(n.props["attendance"])) for n in activities(day, "visit")),
    "activities.award.attendance": lambda day: sum(int(str(n.props["attendance"])) for n in activities(day, "award")),
    "members.reserve": lambda day: len(list(alive(day, "Member", kind="reserve-cadre"))),
    "members.full_time": lambda day: len(list(alive(day, "Member", kind="full-time-grid-worker"))),
    "cases.full_time_worker": lambda day: cases(day, "full-time-worker")[0],
    "cases.full_time_worker.solved": lambda day: cases(day, "full-time-worker")[1],
    "cases.full_time_worker.open": lambda day: (lambda c: c[0] - c[1])(cases(day, "full-time-worker")),
    "rate.full_time_worker.solved": lambda day: (lambda c: round(100 * c[1] / c[0], 2))(cases(day, "full-time-worker")),
    "members.professional.heating": lambda day: professionals(day, "heating"),
    "members.professional.telecom": lambda day: professionals(day, "telecom"),
    "members.professional.police": lambda day: professionals(day, "police"),
    "members.professional.mediator": lambda day: professionals(day, "mediator"),
    "members.professional.judge": lambda day: professionals(day, "judge"),
    "members.professional": lambda day: professionals(day, "heating", "telecom", "police", "mediator", "judge"),
    "cases.volunteer_team.solved": lambda day: cases(day, "volunteer-team")[1],
    "resources.station": lambda day: len(list(alive(day, "Resource", kind="station"))),
    "resources.parking.capacity": parking,
    "resources.canteen": lambda day: len(list(alive(day, "Resource", kind="canteen"))),
}


# --- the article's counts ------------------------------------------------------------------------------------------


def test_every_claim_with_a_metric_has_its_count_here() -> None:
    claims = {n.id: n.props["metric"] for n in ARTICLE.nodes if n.label == "Claim" and "metric" in n.props}
    assert set(claims) == set(COUNTS)
    assert set(claims.values()) == set(METRICS)


@pytest.mark.parametrize("day", DAYS)
def test_all_counts_of_the_article_hold_at_once(day: dt.date) -> None:
    found = {claim: METRICS[str(NODES[claim].props["metric"])](day) for claim in COUNTS}
    assert {c: n for c, n in found.items() if not COUNTS[c][0] <= n <= COUNTS[c][1]} == {}
    for claim, count in found.items():
        value = float(str(NODES[claim].props["value"]))
        assert count >= value if NODES[claim].props["bound"] == "lower" else count == value, claim


def test_profile_quotes_the_facts_it_follows() -> None:
    values = {
        str(n.props["fact"]): n.props.get("value") for n in ARTICLE.nodes if n.label == "Claim" and "." not in n.id
    }
    for name, count in PROFILE.counts.items():
        if count.fact is None or name == "cases_full_time":
            continue
        assert count.exact is not None, name
        value = float(str(values[count.fact]))
        lower = NODES[f"claim-{count.fact.lower()}"].props["bound"] == "lower"
        assert count.exact >= value if lower else count.exact == value, name


def test_agencies_are_uneven_and_each_has_members() -> None:
    sizes = of_agencies(DAYS[0])
    assert len(sizes) == 59
    assert {unit: NODES[unit].props["party_members"] for unit in sizes} == dict(sizes)
    assert min(sizes.values()) < 15 and max(sizes.values()) > 50


def test_each_branch_is_responsible_for_one_grid() -> None:
    branches = [n.id for n in alive(DAYS[0], "Organization", kind="grid-party-branch")]
    grids = [[e.end for e in OUT[b] if e.type == "RESPONSIBLE_FOR" and holds(e, DAYS[0])] for b in branches]
    assert all(len(found) == 1 and NODES[found[0]].label == "Grid" for found in grids)
    assert len({found[0] for found in grids}) == 347
    assert sum(n.label == "Grid" for n in DEMO.nodes) == 362


def test_demonstration_grids_lie_in_urban_communities_and_model_branches_in_six_streets() -> None:
    points = Counter(n.id[:12] for n in alive(DAYS[0], "Grid", demonstration=True))
    urban = {n.id for n in DEMO.nodes if n.label == "Community" and n.props["kind"] == "community"}
    assert points == Counter(dict.fromkeys(urban, 1))
    model = [n.id for n in alive(DAYS[0], "Organization", demonstration=True)]
    assert len({m.removeprefix("org-")[:9] for m in model}) == 6


def test_villages_have_fewer_grids() -> None:
    grids = Counter(n.id[:12] for n in DEMO.nodes if n.label == "Grid")
    kinds = {n.id: n.props["kind"] for n in DEMO.nodes if n.label == "Community"}
    by_kind = {kind: [grids[c] for c, k in kinds.items() if k == kind] for kind in ("community", "village")}
    assert max(by_kind["village"]) <= min(by_kind["community"])
    assert min(by_kind["village"]) >= 1


# --- honesty -------------------------------------------------------------------------------------------------------


def test_the_article_is_kept_as_it_is() -> None:
    assert DEMO.nodes[: len(ARTICLE.nodes)] == ARTICLE.nodes
    assert DEMO.edges[: len(ARTICLE.edges)] == ARTICLE.edges
    assert DEMO.home == ARTICLE.home == PROFILE.district


def test_each_generated_record_says_that_it_is_synthetic_and_by_which_rule() -> None:
    rules = set(re.findall(r"`(demo:[a-z-]+)`", README))
    for record in (*NEW_NODES, *NEW_EDGES):
        assert record.props["synthetic"] is True
        assert record.props["source"] == "src-demo"
    made = {str(record.props["source_ref"]) for record in (*NEW_NODES, *NEW_EDGES)}
    assert made == rules - {"demo:coordination-body"}


def test_generated_members_have_no_name() -> None:
    members = [n for n in NEW_NODES if n.label == "Member"]
    assert len(members) > 2500
    assert not [n.id for n in members if {"name", "aliases", "search"} & set(n.props)]


def test_nothing_hangs_on_the_articles_people_and_units() -> None:
    real = {n.id for n in ARTICLE.nodes if n.label in ("Member", "Unit", "Resource")}
    assert not [e.id for e in NEW_EDGES if {e.start, e.end} & real]


def test_no_judge_belongs_to_anything() -> None:
    judges = [n.id for n in DEMO.nodes if n.props.get("profession") == "judge" and n.label == "Member"]
    assert len(judges) == 7
    assert {e.type for judge in judges for e in OUT[judge] + IN[judge]} == {"ASSIGNED_TO"}


def test_resident_counts_stand_on_synthetic_grids_only() -> None:
    with_residents = [n for n in DEMO.nodes if {"residents", "residents_over_70"} & set(n.props)]
    assert {n.label for n in with_residents} == {"Grid"}
    assert 300 < len(with_residents) < 362
    for n in with_residents:
        households, residents, old = (int(str(n.props[k])) for k in ("households", "residents", "residents_over_70"))
        assert households < residents < 4 * households and 0 < old < residents / 2


def test_it_stays_small() -> None:
    assert len(DEMO.nodes) <= 12_000
    assert len(DEMO.edges) <= 35_000


def test_what_ended_has_no_open_relationship() -> None:
    for edge in NEW_EDGES:
        for end in (edge.start, edge.end):
            until = NODES[end].props.get("until")
            if until is not None and edge.type not in ("RAISED_IN", "DISPATCHED_TO", "ATTENDED_BY"):
                assert edge.props.get("until") is not None and edge.props["until"] <= until, edge.id  # type: ignore[operator]


def test_cases_are_accepted_and_closed_in_order() -> None:
    for edge in NEW_EDGES:
        if edge.type == "DISPATCHED_TO":
            days = [NODES[edge.start].props["raised_on"]]
            days += [edge.props[k] for k in ("dispatched_on", "accepted_on", "closed_on") if k in edge.props]
            assert days == sorted(days), edge.id  # type: ignore[type-var]
            assert ("closed_on" in edge.props) == (edge.props["outcome"] == "solved")
            assert ("refusal" in edge.props) == (edge.props["outcome"] == "refused")


# --- the same bytes every time -------------------------------------------------------------------------------------

DIGEST = """
import hashlib, json, sys
from govnet_graph.assets import seeds_folder
from govnet_graph.seeds.article import load_article
from govnet_graph.seeds.demo import load_demo
data = load_demo(seeds_folder(), seed=int(sys.argv[1]), article=load_article(seeds_folder()))
rows = [[n.label, n.id, list(n.props.items())] for n in data.nodes] + [[e.id, list(e.props.items())] for e in data.edges]
print(hashlib.sha256(json.dumps(rows, default=str, ensure_ascii=False).encode()).hexdigest())
"""


def digest(seed: int, hash_seed: str) -> str:
    paths = os.pathsep.join([str(Path(sys.modules["govnet_graph"].__path__[0]).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, str(seed)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_two_processes_generate_the_same_bytes() -> None:
    first, second, other = digest(1, "0"), digest(1, "4242"), digest(2, "0")
    assert len(first) == 64
    assert first == second != other


def test_another_seed_keeps_the_counts() -> None:
    """All kinds of things but secretaries and buildings, where chance decides."""

    def counted(nodes: tuple[Node, ...]) -> Counter[tuple[object, ...]]:
        labels = {"Unit", "Ledger", "Activity", "Member", "Organization", "Grid", "Resource", "Need", "Project", "Case"}
        kept = [
            dict(n.props) | {"label": n.label}
            for n in nodes
            if n.label in labels and n.props.get("kind") != "secretary"
        ]
        traits = ("label", "profession", "demonstration", "channel")
        return Counter(
            (
                *(p.get(t) for t in traits),
                p.get("kind") if p["label"] in ("Member", "Organization", "Activity") else None,
            )
            for p in kept
        )

    other = load_demo(SEEDS, seed=4, article=ARTICLE)
    assert counted(other.nodes) == counted(DEMO.nodes)
    assert other.edges != DEMO.edges


def test_dice_do_not_change_with_python() -> None:
    dice = Dice("demo", 1, "210902")
    assert [dice.below(100) for _ in range(5)] == [84, 39, 67, 6, 29]
    assert "".join(dice.shuffled("abcdefgh")) == "gecahbfd"


@given(st.integers(0, 5000), st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_spread_gives_out_exactly_what_there_is(total: int, weights: list[int]) -> None:
    parts = spread(total, weights)
    assert len(parts) == len(weights)
    if not any(weights):
        assert not any(parts)
        return
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6


# --- planted gaps --------------------------------------------------------------------------------------------------


def pairings(grid: str) -> list[Edge]:
    return [e for e in IN[grid] if e.type == "PAIRED_WITH"]


def types(id_: str, day: dt.date = DAYS[2]) -> set[str]:
    return {e.type for e in OUT[id_] + IN[id_] if holds(e, day)}


def superiors(organization: str, day: dt.date = DAYS[2]) -> list[str]:
    return [e.end for e in OUT[organization] if e.type == "PART_OF" and holds(e, day) and e.end.startswith("org-")]


def demonstration(grid: str) -> bool:
    return NODES[grid].props["demonstration"] is True


def idle(resource: str, lacks: str) -> bool:
    """Whether a resource is offered and lacks one of SERVES and PROVIDES, and only that one."""
    return "OFFERS" in types(resource) and {"SERVES", "PROVIDES"} - types(resource) == {lacks}


def spell(id_: str, before: dt.date, after: dt.date) -> tuple[bool, bool]:
    return holds(NODES[id_], before), holds(NODES[id_], after)


def sole_provider(unit: str) -> bool:
    verdicts = [v for v in Judge(World(DEMO), DAYS[2]).verdicts(DEMO.home) if v.state == "covered"]
    alone = {v.requirement for v in verdicts if list(v.providers) == [unit]}
    return {"req-demo-pairing", "req-community-child-care"} <= alone


def outcomes(case: str) -> set[object]:
    return {e.props["outcome"] for e in OUT[case] if e.type == "DISPATCHED_TO"}


EARLY, TODAY, LATE = DAYS[0], DAYS[2], DAYS[3]
PLANTED: dict[str, Callable[[str], bool]] = {
    "member in several bodies": lambda m: (
        len({e.end for e in OUT[m] if e.type in ("MEMBER_OF", "SITS_ON") and holds(e, TODAY)}) >= 4
    ),
    "member who came from another unit": lambda m: (
        sorted(holds(e, TODAY) for e in OUT[m] if NODES[e.end].label == "Unit") == [False, True]
    ),
    "full-time worker who leaves": lambda m: (
        spell(m, EARLY, LATE) == (True, False) and spell(f"{m}b", EARLY, LATE) == (False, True)
    ),
    "worker who changes communities": lambda m: (
        sorted({(e.end[:9], holds(e, LATE)) for e in OUT[m]}) == [("210902008", True), ("210902101", False)]
    ),
    "secretary who left": lambda m: not holds(NODES[m], EARLY) and NODES[m].props["kind"] == "secretary",
    "unit that connects to nothing": lambda u: types(u) <= {"MEMBER_OF", "LOCATED_IN", "HELD_BY"},
    "unit that pairs with nobody": lambda u: "PAIRED_WITH" not in types(u) and {"SITS_ON", "OFFERS"} <= types(u),
    "unit with more pairings than it can serve": lambda u: (
        sum(e.type == "PAIRED_WITH" and holds(e, TODAY) for e in OUT[u]) > int(str(NODES[u].props["pairing_capacity"]))
    ),
    "unit that alone covers something": sole_provider,
    "demonstration grid never paired": lambda g: demonstration(g) and not pairings(g),
    "demonstration grid whose pairing ended": lambda g: (
        demonstration(g) and bool(pairings(g)) and not any(holds(e, EARLY) for e in pairings(g))
    ),
    "demonstration grid whose pairing will end": lambda g: (
        demonstration(g) and any(holds(e, EARLY) and not holds(e, TODAY) for e in pairings(g))
    ),
    "demonstration grid whose pairing has not begun": lambda g: (
        demonstration(g) and any(e.props["since"] > TODAY for e in pairings(g))  # type: ignore[operator]
    ),
    "demonstration grid without branch": lambda g: demonstration(g) and "RESPONSIBLE_FOR" not in types(g),
    "branch that was dissolved": lambda o: not holds(NODES[o], EARLY) and NODES[o].props["level"] == 3,
    "building group without superior": lambda o: NODES[o].props["level"] == 4 and not superiors(o, EARLY),
    "branch without superior": lambda o: holds(NODES[o], TODAY) and NODES[o].props["level"] == 3 and not superiors(o),
    "community without party organization": lambda c: (
        NODES[c].label == "Community"
        and not any(e.type == "RESPONSIBLE_FOR" and NODES[e.start].props.get("level") == 2 for e in IN[c])
    ),
    "canteen that closed": lambda r: NODES[r].props["kind"] == "canteen" and not holds(NODES[r], EARLY),
    "canteen that will close": lambda r: NODES[r].props["kind"] == "canteen" and spell(r, TODAY, LATE) == (True, False),
    "station that closes": lambda r: NODES[r].props["kind"] == "station" and spell(r, EARLY, TODAY) == (True, False),
    "resource that serves nobody": lambda r: idle(r, "SERVES") and not any(e.type == "SERVES" for e in OUT[r]),
    "resource that gives no service": lambda r: idle(r, "PROVIDES"),
    "resource that does not serve yet": lambda r: idle(r, "SERVES") and "SERVES" in types(r, LATE),
    "community without full-time worker": lambda c: (
        not [
            e
            for e in DEMO.edges
            if e.type == "ASSIGNED_TO" and e.props["role"] == "full-time" and e.end.startswith(c) and holds(e, TODAY)
        ]
    ),
    "firm that serves nobody": lambda o: NODES[o].props["kind"] == "property-firm" and "SERVES" not in types(o),
    "case refused and never solved": lambda c: NODES[c].props["state"] == "refused" and outcomes(c) == {"refused"},
    "case refused first and solved then": lambda c: outcomes(c) == {"refused", "solved"},
    "case open and late": lambda c: (
        "closed_on" not in NODES[c].props and NODES[c].props["due_on"] < EARLY  # type: ignore[operator]
    ),
    "need whose help lapsed": lambda n: (
        NODES[n].props["state"] == "met" and "MET_BY" in types(n, EARLY) and "MET_BY" not in types(n, TODAY)
    ),
    "need that a project is for": lambda n: any(NODES[e.start].label == "Project" for e in IN[n] if e.type == "FOR"),
}
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \|(.*)\|$", README, re.MULTILINE)


def test_readme_lists_what_was_planted() -> None:
    assert [what for what, _, _ in ROWS] == list(PLANTED)
    for _, _, remark in ROWS:
        named = re.findall(r"`([^`]+)`", remark) + re.findall(r"\b210902\d+\b", remark)
        assert [id_ for id_ in named if id_ not in NODES] == []


@pytest.mark.parametrize(("what", "record"), [(what, record) for what, record, _ in ROWS])
def test_what_was_planted_is_there(what: str, record: str) -> None:
    assert PLANTED[what](record)


@pytest.mark.parametrize("day", DAYS)
def test_gaps_can_be_found_on_any_day(day: dt.date) -> None:
    points = [n.id for n in alive(day, "Grid", demonstration=True)]
    unpaired = [g for g in points if not any(holds(e, day) for e in pairings(g))]
    assert 3 < len(unpaired) < 15
    assert [g for g in unpaired if any(e.props["until"] <= day for e in pairings(g) if "until" in e.props)]  # type: ignore[operator]
    assert [e for g in points for e in pairings(g) if e.props["since"] > day]  # type: ignore[operator]
    orphans = [
        n.id for n in alive(day, "Organization") if int(str(n.props.get("level", 1))) > 1 and not superiors(n.id, day)
    ]
    assert {NODES[o].props["level"] for o in orphans} == {2, 3, 4}
    unsolved = [n for n in alive(day, "Case") if n.props["raised_on"] <= day and "closed_on" not in n.props]  # type: ignore[operator]
    assert 5 < sum(n.props["due_on"] < day for n in unsolved) < len(unsolved) < 130  # type: ignore[operator]
    assert sum(e.props["outcome"] == "refused" for e in DEMO.edges if e.type == "DISPATCHED_TO") > 100


@pytest.mark.parametrize("day", DAYS)
def test_coverage_takes_all_three_values_in_believable_amounts(day: dt.date) -> None:
    verdicts = list(Judge(World(DEMO), day).verdicts(DEMO.home))
    states = Counter(v.state for v in verdicts)
    assert states.total() > 1500
    assert all(states[state] > states.total() * 0.03 for state in ("covered", "uncovered", "unknown"))
    assert states["covered"] > states.total() * 0.7
    thin = Counter(v.requirement for v in verdicts if v.state == "covered" and len(v.providers) == 1)
    thick = Counter(v.requirement for v in verdicts if v.state == "covered" and len(v.providers) > 1)
    assert thin["req-demo-pairing"] and thick["req-demo-pairing"]
    gaps = {v.requirement for v in verdicts if v.state != "covered"}
    covered = {v.requirement for v in verdicts if v.state == "covered"}
    assert covered == {v.requirement for v in verdicts}
    assert covered - gaps <= {"req-street-committee", "req-street-judge"}


# --- any list of areas ---------------------------------------------------------------------------------------------


def area_list(district: str, streets: list[tuple[int, int]]) -> list[Node]:
    """A district with, for each street, so many communities and villages."""
    areas = [Node("District", district, {"name": "甲区"})]
    for s, (urban, villages) in enumerate(streets, start=1):
        street = f"{district}{s:03d}"
        areas.append(Node("Street", street, {"name": f"{s}号街道"}))
        for c in range(1, urban + villages + 1):
            kind = "community" if c <= urban else "village"
            areas.append(Node("Community", f"{street}{c:03d}", {"name": f"{s}之{c}", "kind": kind}))
    return areas


def faults(areas: list[Node], nodes: list[Node], edges: list[Edge]) -> list[str]:
    """What is wrong with generated records, beside the areas' own properties."""
    described = [
        replace(
            a,
            props={
                **a.props,
                "code": a.id,
                "source": "src-divisions-2023",
                **({"kind": "street"} if a.label == "Street" else {}),
            },
        )
        for a in areas
    ]
    services = [n for n in ARTICLE.nodes if n.label == "Service"]
    sources = [n for n in ARTICLE.nodes if n.label == "Source"]
    return list(problems_of([*sources, *described, *services, *nodes], edges))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=4).filter(
        lambda streets: any(map(sum, streets))
    ),
    st.integers(0, 99),
)
def test_any_district_can_be_filled(streets: list[tuple[int, int]], seed: int) -> None:
    areas = area_list("990101", streets)
    nodes, edges = generate(areas, PROFILE, seed)
    assert faults(areas, nodes, edges) == []
    grids = [n for n in nodes if n.label == "Grid"]
    assert {g.id[:12] for g in grids} == {a.id for a in areas if a.label == "Community"}
    assert sum(n.props["demonstration"] is True for n in grids) == sum(urban for urban, _ in streets)


def test_counts_follow_the_number_of_communities() -> None:
    small, large = (generate(area_list("990101", [(10, 2)] * n), PROFILE) for n in (2, 8))
    for label in ("Grid", "Unit", "Member", "Organization", "Case", "Activity", "Need"):
        few, many = (sum(n.label == label for n in nodes) for nodes, _ in (small, large))
        assert 3.4 < many / few < 4.6, label


def test_a_district_is_filled_the_same_alone_and_among_others() -> None:
    one, two = area_list("990101", [(3, 1), (2, 0)]), area_list("990102", [(4, 2)])
    alone, _ = generate(one, PROFILE, 7)
    together, edges = generate([*two, *reversed(one)], PROFILE, 7)
    assert together[: len(alone)] == alone
    assert faults([*one, *two], together, edges) == []
    assert {n.id for n in together[len(alone) :]}.isdisjoint(n.id for n in alone)


def test_stream_plans_one_district_at_a_time() -> None:
    read: list[str] = []

    def areas() -> Iterator[Node]:
        for district in ("990101", "990102", "990103"):
            for area in area_list(district, [(3, 1)]):
                read.append(area.id)
                yield area

    batches = stream(areas(), PROFILE)
    first = [next(batches) for _ in range(6)]
    assert [b.area for b in first] == ["990101", *(f"990101001{c:03d}" for c in range(1, 5)), "990101"]
    assert set(read) == {a.id for a in area_list("990101", [(3, 1)])} | {"990102"}
    assert {n.id[:12] for b in first[1:5] for n in b.nodes if n.label == "Grid"} == {b.area for b in first[1:5]}
    assert len(list(batches)) == 12


def test_each_batch_leads_only_to_what_came_before() -> None:
    areas = area_list("990101", [(4, 3), (2, 0)])
    known = {a.id for a in areas} | {n.id for n in ARTICLE.nodes if n.label == "Service"}
    for batch in stream(areas, PROFILE):
        known |= {n.id for n in batch.nodes}
        assert [e.id for e in batch.edges if e.start not in known or e.end not in known] == []


def test_themes_can_be_left_out() -> None:
    areas = area_list("990101", [(6, 3)])
    nodes, edges = generate(areas, PROFILE.without("cases", "activities", "buildings", "lists"))
    assert faults(areas, nodes, edges) == []
    gone = {"Case", "Activity", "Building", "Need", "Project"}
    assert not gone & {n.label for n in nodes}
    assert gone <= {n.label for n in generate(areas, PROFILE)[0]}


def test_what_is_held_already_is_not_made_again() -> None:
    held = held_by(ARTICLE)
    assert held.counts == {"canteens": 2, "full_time_workers": 1}
    assert held.workers == {"210902009008"}
    assert held.canteens == {"210902005", "210902008"}
    nodes, _ = generate(ARTICLE.nodes, PROFILE, 1, Held())
    workers = [n for n in nodes if n.props.get("kind") == "full-time-grid-worker" and holds(n, DAYS[0])]
    assert len(workers) == 65


# --- bad input -----------------------------------------------------------------------------------------------------


def test_scattered_areas_are_refused() -> None:
    areas = [
        *area_list("990101", [(1, 0)]),
        *area_list("990102", [(1, 0)]),
        Node("Street", "990101009", {"name": "九号"}),
    ]
    with pytest.raises(RecordError, match="990101 are not together"):
        list(stream(areas, PROFILE))


def test_a_community_without_its_street_is_refused() -> None:
    areas = [a for a in area_list("990101", [(1, 0)]) if a.label != "Street"]
    with pytest.raises(RecordError, match="990101001"):
        list(stream(areas, PROFILE))


def test_unknown_themes_are_refused() -> None:
    with pytest.raises(RecordError, match="grids"):
        PROFILE.without("grids")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text.replace("exact: 362, rate: 5.5", "exact: -1, rate: 5.5"), "counts.grids.exact"),
        (lambda text: text.replace("among: 57", "among: 5"), "more fates than 5"),
        (lambda text: text.replace("period:", "periode:"), "period"),
        (lambda text: text + "  release: [", "profile.yaml cannot be read"),
        (lambda _: "- 1\n", "no table of settings"),
    ],
)
def test_a_faulty_profile_is_refused(tmp_path: Path, damage: Callable[[str], str], reason: str) -> None:
    (tmp_path / "names.yaml").write_bytes((SEEDS / "demo" / "names.yaml").read_bytes())
    text = (SEEDS / "demo" / "profile.yaml").read_text(encoding="utf-8")
    assert damage(text) != text
    (tmp_path / "profile.yaml").write_text(damage(text), encoding="utf-8")
    with pytest.raises(RecordError, match=reason):
        read_profile(tmp_path)


def test_a_missing_count_is_named() -> None:
    counts = {name: count for name, count in PROFILE.counts.items() if name != "forums"}
    with pytest.raises(RecordError, match="'forums'"):
        generate(area_list("990101", [(1, 0)]), PROFILE.model_copy(update={"counts": counts}))


def test_ledgers_of_further_streets_go_round() -> None:
    streets = len(next(plan for plan in PROFILE.ledgers if plan.kind == "pairings").streets)
    areas = area_list("990101", [(1, 0)] * (streets + 1))
    _, edges = generate(areas, PROFILE)
    complete = {e.end: e.props.get("since") for e in edges if e.start == "ledger-990101-pairings"}
    assert complete[f"990101{streets + 1:03d}"] == complete["990101001"]
    assert f"990101{streets:03d}" not in complete


def test_every_case_is_of_a_kind_of_the_table_and_the_channels_stay_apart() -> None:
    kinds = {str(n.props["code"]): n for n in DEMO.nodes if n.label == "CaseKind"}
    found = [n for n in DEMO.nodes if n.label == "Case"]
    assert {n.props["kind"] for n in found} <= set(kinds)
    services = {n.props["code"] for n in DEMO.nodes if n.label == "Service"}
    for kind in kinds.values():
        assert set(kind.props.get("services", ())) <= services  # type: ignore[arg-type]
        assert set(kind.props.get("professions", ())) <= {"heating", "telecom", "police", "mediator", "judge"}  # type: ignore[arg-type]
        assert kind.props["accept_days"] <= kind.props["solve_days"]  # type: ignore[operator]
    # Each case is of one channel, so that a figure of one channel never holds those of another.
    assert all(isinstance(n.props["channel"], str) for n in found)
