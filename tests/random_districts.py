"""Hypothesis strategies: small random districts that fit the schema, days at which to ask, and parameters of questions.

Dates come from a handful of days, so that ``since`` and ``until`` often meet the day asked for. Everything shrinks
towards an empty district: one street, one community, one grid, nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from govnet_graph.questions import Kind, Question
from govnet_graph.questions.values import PERIODS
from govnet_graph.records import Dataset, Edge, Node, edge_id
from govnet_graph.schema import SCHEMA

HOME = "990101"
DAYS = tuple(dt.date(2026, month, 1) for month in (1, 3, 6, 9))
# before everything was recorded, and around when it was superseded
MOMENTS = (dt.datetime(2026, 6, 1), dt.datetime(2026, 6, 20, 9), dt.datetime(2026, 7, 1))
SOURCES = ("src-1", "src-2")
CODES = ("meals", "mediation", "haircut")
GROUPS = ("everyone", "elders", "children")
SCHEDULES = ("每日 11:00-13:00", "工作日 18:30-07:30", "周六 00:00-23:59", "夜间", "每月第一个周日 09:00-12:00")
TEXTS = ("名", "unit", "ming")
EVIDENCE = (
    "chain:1", "chain:2", "chain:3", "pairing", "worker:full-time", "worker:police", "worker:mediator",
    "service:meals", "service:mediation", "resource:station", "resource:canteen",
)  # fmt: skip
LEDGERS = ("pairings", "workers", "services", "resources", "party-chain", "cases")
LEDGER_OF = {
    "chain": "party-chain",
    "pairing": "pairings",
    "worker": "workers",
    "service": "services",
    "resource": "resources",
}
ORGANIZATIONS = (
    ("street-working-committee", 1), ("community-party-organization", 2), ("grid-party-branch", 3), ("building-party-group", 4),
    ("member-household", 5), ("joint-party-committee", None),
)  # fmt: skip
METRICS = (
    ("grids.demonstration", "areas"), ("members.full_time", "workers"), ("organizations.grid_branch", "party-chain"),
    ("organizations.levels", "party-chain"), ("units.district_agency", "units"), ("members.of_district_agencies", "units"),
    ("members.professional", "workers"), ("members.professional.police", "workers"), ("resources.canteen", "resources"),
    ("resources.parking.capacity", "resources"), ("cases.full_time_worker.open", "cases"), ("cases.full_time_worker.solved", "cases"),
    ("rate.full_time_worker.solved", "cases"), ("activities.theme_day", "activities"), ("activities.visit.attendance", "activities"),
    ("activities.deliberation.disputes", "activities"),
    ("no.such_metric", "cases"), (None, None),
)  # fmt: skip
LINKS = (
    "RESPONSIBLE_FOR", "MEMBER_OF", "SITS_ON", "ASSIGNED_TO", "PAIRED_WITH", "OFFERS", "PROVIDES", "SERVES", "LOCATED_IN", "FOR",
    "MET_BY", "DISPATCHED_TO", "STEP_OF", "COMPLETE_FOR", "ABOUT", "STATED_IN", "HELD_BY", "HELD_IN", "ATTENDED_BY",
)  # fmt: skip

Props = dict[str, Any]
days = st.sampled_from(DAYS)


def _present(props: Props) -> Props:
    return {name: value for name, value in props.items() if value is not None}


def _optional(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


@st.composite
def spans(draw: st.DrawFn) -> Props:
    """``since`` and ``until``, each often absent, never reversed."""
    since, until = draw(_optional(*DAYS)), draw(_optional(*DAYS))
    if since and until and until <= since:
        until = None
    return _present({"since": since, "until": until})


def _seldom(draw: st.DrawFn) -> Props:
    """Dates of things that mostly just are."""
    return draw(spans()) if draw(st.integers(0, 5)) == 5 else {}


def _areas(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    nodes, edges = [_node("District", HOME, code=HOME)], []

    def add(label: str, area: str, parent: str, /, **props: Any) -> None:
        # the first street always holds: a district without any has no areas to ask about
        dates = [{}, {}] if area == f"{HOME}001" else [_seldom(draw), _seldom(draw)]
        nodes.append(_node(label, area, **dates[0], **props))
        edges.append(_edge("PART_OF", area, parent, **dates[1]))

    for s in range(1, draw(st.integers(1, 2)) + 1):
        street = f"{HOME}{s:03}"
        add("Street", street, HOME, code=street, kind="street")
        for c in range(1, draw(st.integers(1, 2)) + 1):
            community = f"{street}{c:03}"
            add("Community", community, street, code=community, kind=draw(st.sampled_from(("community", "village"))))
            for g in range(1, draw(st.integers(1, 2)) + 1):
                grid, point = f"{community}{g:03}", draw(_optional(False, True))
                add("Grid", grid, community, code=grid, code_scheme="community-serial-3", demonstration=point)
    for number in range(1, draw(st.integers(0, 2)) + 1):
        homes = [n.id for n in nodes if n.label in ("Community", "Grid")]
        add("Building", f"bld-{number}", draw(st.sampled_from(homes)), kind="residential")
    return nodes, edges


def _node(label: str, node: str, /, **props: Any) -> Node:
    named = {"title" if label == "Member" else "name": f"名{node}", "source": SOURCES[0]}
    return Node(label, node, named | _present(props))


def _edge(type_: str, start: str, end: str, key: str = "", /, **props: Any) -> Edge:
    return Edge(type_, start, end, edge_id(type_, start, end, key), {"source": SOURCES[0]} | _present(props))


def _unit(draw: st.DrawFn) -> Props:
    kind, agency = draw(st.sampled_from(("agency", "bank"))), draw(_optional(False, True))
    capacity, people = draw(_optional(0, 1, 2)), draw(_optional(0, 16))
    return {"kind": kind, "district_agency": agency, "pairing_capacity": capacity, "party_members": people}


def _member(draw: st.DrawFn) -> Props:
    kind = draw(st.sampled_from(("party-member", "full-time-grid-worker", "professional-grid-worker", "mediator")))
    skills = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=2)) or None
    profession, party = draw(_optional("police", "mediator")), draw(_optional(False, True))
    return {
        "kind": kind,
        "profession": profession,
        "party_member": party,
        "skills": skills,
        "name": draw(_optional("演示")),
    }


def _organization(draw: st.DrawFn) -> Props:
    kind, level = draw(st.sampled_from(ORGANIZATIONS))
    return {"kind": kind, "level": level, "demonstration": draw(_optional(False, True))}


def _resource(draw: st.DrawFn) -> Props:
    kind = draw(st.sampled_from(("station", "canteen", "parking")))
    schedule, public = draw(_optional(*SCHEDULES)), draw(_optional(False, True))
    return {
        "kind": kind,
        "schedule": schedule,
        "open_to_public": public,
        "capacity": draw(_optional(0, 10)),
        "name": draw(_optional("同名")),
    }


def _need(draw: st.DrawFn) -> Props:
    props = {"state": draw(st.sampled_from(("open", "met", "withdrawn"))), "headcount": draw(_optional(3))}
    dates = {name: draw(_optional(*DAYS)) for name in ("raised_on", "due_on", "withdrawn_on")}
    return props | {"priority": draw(_optional(1, 2))} | dates


def _project(draw: st.DrawFn) -> Props:
    dates = {name: draw(_optional(*DAYS)) for name in ("planned_on", "started_on", "due_on", "finished_on")}
    return {"state": draw(st.sampled_from(("planned", "running", "done")))} | dates


def _case(draw: st.DrawFn) -> Props:
    return {
        "kind": draw(st.sampled_from(("neighbour-dispute", "hazard", "road"))),
        "state": draw(st.sampled_from(("raised", "dispatched", "refused", "solved", "closed"))),
        "channel": draw(st.sampled_from(("full-time-worker", "forum"))),
        **{name: draw(_optional(*DAYS)) for name in ("raised_on", "due_on", "closed_on", "next_due_on", "agreed_on")},
        "level": draw(_optional("Street", "Community")),
    }


def _case_kind(draw: st.DrawFn) -> Props:
    props = {name: draw(st.integers(1, 5)) for name in ("dispatch_days", "accept_days", "solve_days", "confirm_days")}
    props |= {"code": draw(st.sampled_from(("neighbour-dispute", "hazard"))), "chain": draw(_optional(["Street"]))}
    return props | {
        "professions": draw(_optional(["mediator", "police"])),
        "services": draw(_optional(list(CODES), ["mediation"])),
    }


def _case_step(draw: st.DrawFn) -> Props:
    step = draw(st.sampled_from(("raise", "dispatch", "accept", "refuse", "escalate", "done")))
    states = ("raised", "dispatched", "refused", "solved", "closed")
    return {
        "step": step,
        "number": draw(st.integers(1, 3)),
        "taken_on": draw(_optional(*DAYS)),
        "from_state": draw(_optional(*states)),
        "to_state": draw(st.sampled_from(states)),
        "actor": draw(_optional("member-1", "unit-1")),
        "target": draw(_optional("unit-1", "org-1")),
        "detail": draw(_optional("Street", "Community")) if step == "escalate" else None,
        "why": draw(_optional("因")),
        "due_on": draw(_optional(*DAYS)),
    }


def _activity(draw: st.DrawFn) -> Props:
    kind, disputes = draw(st.sampled_from(("theme-day", "visit", "deliberation"))), draw(_optional(2))
    return {"kind": kind, "held_on": draw(_optional(*DAYS)), "attendance": draw(_optional(3)), "disputes": disputes}


def _programme(draw: st.DrawFn) -> Props:
    return {"kind": draw(st.sampled_from(("demonstration", "pairing")))}


def _ledger(draw: st.DrawFn) -> Props:
    return {"kind": draw(st.sampled_from(LEDGERS))}


def _requirement(draw: st.DrawFn) -> Props:
    evidence = draw(st.sampled_from(EVIDENCE))
    return {
        "level": draw(st.sampled_from(("Grid", "Community", "Street"))),
        "evidence": evidence,
        "scope": draw(st.sampled_from(("reach", "within"))),
        "minimum": draw(st.integers(1, 2)),
        "applies": draw(st.sampled_from(("all", "demonstration"))),
        "group": "everyone",
        "ledger": LEDGER_OF[evidence.split(":")[0]],
        "standard": "标准",
        "priority": draw(st.integers(1, 2)),
    }


def _claim(draw: st.DrawFn) -> Props:
    metric, ledger = draw(st.sampled_from(METRICS))
    value, bound = draw(_optional(0.0, 1.0, 2.0)), draw(st.sampled_from(("exact", "lower")))
    hidden, reason = draw(_optional(True)), None if metric else "无"
    return {"metric": metric, "ledger": ledger, "value": value, "bound": bound, "suppressed": hidden, "reason": reason}


_THINGS: tuple[tuple[str, str, int, Callable[[st.DrawFn], Props]], ...] = (
    ("Unit", "unit", 3, _unit),
    ("Member", "member", 3, _member),
    ("Organization", "org", 4, _organization),
    ("Resource", "res", 3, _resource),
    ("Need", "need", 2, _need),
    ("Project", "proj", 1, _project),
    ("Case", "case", 2, _case),
    ("CaseKind", "kind", 2, _case_kind),
    ("CaseStep", "step", 4, _case_step),
    ("Activity", "act", 2, _activity),
    ("Programme", "prog", 1, _programme),
    ("Ledger", "ledger", 2, _ledger),
    ("Requirement", "req", 3, _requirement),
    ("Claim", "claim", 2, _claim),
)


def _relationship_props(draw: st.DrawFn, type_: str) -> Props:
    props = draw(spans()) if SCHEMA.relationships[type_].dated else {}
    props |= {"confirmed_on": draw(_optional(*DAYS))}
    match type_:
        case "ASSIGNED_TO":
            role = draw(st.sampled_from(("full-time", "professional", "mediator", "volunteer")))
            return props | {"role": role, "profession": draw(_optional("police", "mediator"))}
        case "MEMBER_OF":
            return props | {"role": draw(_optional("member", "secretary"))}
        case "SITS_ON":
            return props | {"role": draw(_optional("joint-party-committee-member"))}
        case "PAIRED_WITH":
            services = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=2)) or None
            return props | {"services": services, "capacity_used": draw(_optional(1))}
        case "OFFERS":
            return props | {"capacity": draw(_optional(20)), "schedule": draw(_optional(*SCHEDULES))}
        case "DISPATCHED_TO":
            return props | {
                "dispatched_on": draw(_optional(*DAYS)),
                "accepted_on": draw(_optional(*DAYS)),
                "closed_on": draw(_optional(*DAYS)),
                "refusal": draw(_optional("忙")),
                "outcome": draw(_optional("open", "refused", "recalled", "solved")),
            }
        case _:
            return props


def _links(draw: st.DrawFn, nodes: list[Node], type_: str, keys: tuple[str, ...] = ("",)) -> list[Edge]:
    """Some relationships of a type, over the pairs of nodes that it may join."""
    declared = SCHEMA.relationships[type_]
    pairs = [
        (a.id, b.id, key)
        for a in nodes
        for b in nodes
        if a is not b and declared.joins(a.label, b.label)
        for key in keys
    ]
    if not pairs:
        return []
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    return [_edge(type_, start, end, key, **_relationship_props(draw, type_)) for start, end, key in chosen]


def _places(draw: st.DrawFn, nodes: list[Node], label: str, type_: str, *areas: str) -> list[Edge]:
    """Each node of the label in one area."""
    ends = [n.id for n in nodes if n.label in areas]
    return [_edge(type_, n.id, draw(st.sampled_from(ends)), **draw(spans())) for n in nodes if n.label == label]


def _superseded(draw: st.DrawFn, edges: list[Edge]) -> list[Edge]:
    """Earlier forms of some relationships, and of some that are no more."""
    chosen = draw(st.lists(st.sampled_from(edges), unique_by=lambda e: (e.start, e.end), max_size=4))
    return [
        _edge(
            "SUPERSEDED",
            e.start,
            e.end,
            "old",
            was=e.type,
            superseded_at=draw(st.sampled_from(MOMENTS)),
            **draw(spans()),
        )
        for e in chosen
    ]


@st.composite
def districts(draw: st.DrawFn) -> Dataset:
    """A random data set of one district that passes validation."""
    nodes, edges = _areas(draw)
    nodes += [_node("Source", source, kind="ledger") for source in SOURCES]
    nodes += [
        _node("Service", f"svc-{code}", code=code, group=draw(st.sampled_from(GROUPS)), **_seldom(draw))
        for code in CODES
    ]
    for label, prefix, most, properties in _THINGS:
        for number in range(1, draw(st.integers(0, most)) + 1):
            nodes.append(_node(label, f"{prefix}-{number}", **properties(draw), **_seldom(draw)))
    # an organization may have several superiors, or be its superior's superior: a ledger can hold such a mistake
    bodies = ("Organization", "Programme", "Resource", "Activity", "Grid")
    edges += _links(draw, [n for n in nodes if n.label in bodies], "PART_OF")
    edges += _places(draw, nodes, "Need", "RAISED_BY", "Grid", "Community", "Street")
    edges += _places(draw, nodes, "Case", "RAISED_IN", "Grid", "Community", "Street")
    for type_ in LINKS:
        edges += _links(
            draw, nodes, type_, ("", "2") if type_ in ("MEMBER_OF", "PAIRED_WITH", "DISPATCHED_TO") else ("",)
        )
    edges += _superseded(draw, edges)
    return Dataset("random", HOME, tuple(nodes), tuple(edges)).validated()


@st.composite
def arguments(draw: st.DrawFn, question: Question, dataset: Dataset) -> dict[str, Any] | None:
    """Values for every parameter of a question in this district; None where it names a label that the district lacks."""
    values: dict[str, Any] = {}
    for parameter in question.parameters:
        if parameter.name in ("limit", "skip"):
            values[parameter.name] = {"limit": 1000, "skip": 0}[parameter.name]
            continue
        choices = _choices(parameter.type, parameter.values, dataset)
        if parameter.name == "relationship":
            choices = [*TEXTS, *(e.id for e in dataset.edges)]
        if parameter.name == "since":
            choices = [0]  # data versions are the store's
        elif parameter.type == Kind.INTEGER:
            low, high = parameter.minimum or 0, parameter.maximum or 5
            choices = list(range(low, min(high, low + 5) + 1))
        if not parameter.required and parameter.default is None:
            choices = [None, *choices]
        if not choices:
            return None
        values[parameter.name] = draw(st.sampled_from(choices))
    for first, last in PERIODS:
        # A period that ends before it begins is refused, not answered.
        if isinstance(values.get(first), dt.date) and isinstance(values.get(last), dt.date):
            values[first], values[last] = sorted((values[first], values[last]))
    return values


def _choices(kind: str, closed: tuple[str, ...], dataset: Dataset) -> list[Any]:
    match kind:
        case Kind.DATE:
            return list(DAYS)
        case Kind.DATETIME:
            return list(MOMENTS)
        case Kind.BOOLEAN:
            return [False, True]
        case Kind.STRINGS:
            return [list(CODES[:1]), [n.id for n in dataset.nodes[::3]]]
        case Kind.STRING | Kind.SEARCH:
            return list(closed or TEXTS)
    labels = {"Area": ("District", "Street", "Community", "Grid"), "Entity": tuple(SCHEMA.nodes)}.get(kind, (kind,))
    return [n.id for n in dataset.nodes if n.label in labels]
