"""The requests of another endpoint as cases here: one group of changes, the same again when it is pulled again.

A pulled case stands as the other endpoint tells of it, until somebody takes a step with it here; from then on its state is
ours, and a state that differs there is named, not taken. Requests that are themselves copies of somebody's are passed over,
so that two endpoints that pull from each other do not multiply each other's cases.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from govnet_graph.cases.open311.model import CLOSED, MAX_DESCRIPTION, OPEN
from govnet_graph.cases.open311.reports import area_in
from govnet_graph.changes import ChangeSet, apply
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions.values import ZONE
from govnet_graph.records import Edge, Node, Properties, edge_id
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.state import read_state

PREFIX = "case-o311-"
UNSORTED = "unsorted"
_AREAS = """
MATCH (a:Entity) WHERE (a:Grid OR a:Community OR a:Street OR a:District) AND a.until IS NULL
RETURN a.id, a.name, coalesce(a.aliases, [])
"""
_KINDS = "MATCH (k:CaseKind) RETURN k.code, k.name"
_HELD = """
MATCH (c:Case) WHERE c.id IN $ids
RETURN c.id, c.state, coalesce(c.steps, 0), EXISTS { (c)-[r:RAISED_IN]->() WHERE r.until IS NULL }
"""
_OURS_WHILE_WORKED_ON = ("state", "kind", "closed_on", "due_on", "name")


@dataclass(frozen=True, slots=True)
class Options:
    """How to read another endpoint: its codes of services by ours, and the area for what has no place here."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    author: str = "local"


@dataclass(slots=True)
class Pulled:
    """What a pull came to, in requests. ``differ`` names those whose state is ours and differs there; ``unread`` says why some were left."""

    requests: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    unplaced: int = 0
    unsorted: int = 0
    copies: int = 0
    differ: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    plan: str = ""
    already: bool = False

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        names = (
            "requests",
            "created",
            "changed",
            "unchanged",
            "unplaced",
            "unsorted",
            "copies",
            "differ",
            "unread",
            "plan",
            "already",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class _Here:
    """What is here to place requests with."""

    areas: Sequence[tuple[str, str, Sequence[str]]]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    default: str


async def pull(graph: Graph, url: str, found: Iterable[Mapping[str, Any]], options: Options) -> Pulled:
    """Take the requests of an endpoint in. Raises NotFound, NothingLoaded through no area, and what applying raises."""
    here = await _here(graph, options)
    done = Pulled()
    wanted: dict[str, tuple[Properties, str]] = {}
    for request in found:
        done.requests += 1
        _read(url, request, here, options, done, wanted)
    held = {
        id_: (state, steps, placed)
        for id_, state, steps, placed in map(native, await graph.read(_HELD, {"ids": sorted(wanted)}))
    }
    source = _source(url)
    nodes, edges = [], []
    for id_, (props, area) in wanted.items():
        ours = id_ in held and held[id_][1] > 0
        if ours and (held[id_][0] in ("solved", "closed")) != (props["state"] == "closed"):
            done.differ.append(id_)
        kept = {n: v for n, v in props.items() if not (ours and n in _OURS_WHILE_WORKED_ON)}
        nodes.append(Node("Case", id_, kept))
        if id_ not in held or not held[id_][2]:
            ground = {"source": source.id, "source_ref": props["source_ref"]}
            edges.append(Edge("RAISED_IN", id_, area, edge_id("RAISED_IN", id_, area), ground))
    if not nodes:
        return done
    summary = await apply(graph, _changeset(url, source, nodes, edges, wanted, options))
    done.plan, done.already = summary.plan, summary.already
    done.created = 0 if summary.already else len(wanted) - len(held)
    done.changed = 0 if summary.already else summary.changed
    done.unchanged = len(wanted) - done.created - done.changed
    return done


def _changeset(
    url: str, source: Node, nodes: Sequence[Node], edges: Sequence[Edge], wanted: Mapping[str, Any], options: Options
) -> ChangeSet:
    # The key is what the endpoint said, whatever was made of it here, so that an interrupted pull is resumed by pulling again.
    said = orjson.dumps(sorted((id_, props) for id_, (props, _) in wanted.items()), default=str)
    digest = hashlib.sha256(url.encode() + b"\0" + said).hexdigest()
    return ChangeSet(
        "import",
        f"Open311 {url}",
        options.author,
        "pull",
        source=source,
        nodes=tuple(nodes),
        edges=tuple(edges),
        key=f"open311:{digest}",
    )


def _source(url: str) -> Node:
    id_ = f"src-open311-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
    return Node("Source", id_, {"name": f"Open311 {url}", "kind": "ledger", "source": id_})


async def _here(graph: Graph, options: Options) -> _Here:
    rows = [native(row) for row in await graph.read(_AREAS)]
    kinds = dict(map(native, await graph.read(_KINDS)))
    state = await read_state(graph)
    default = options.area or (state.home if state else None) or ""
    names = {id_: name for id_, name, _ in rows}
    if default not in names:
        raise NotFound(
            f"There is no area {default[:60]!r}.", hint="Load a data set first, and give the code of an area."
        )
    for code in options.kinds.values():
        if code not in kinds:
            raise BadInput(f"There is no kind of case {code[:60]!r}.", hint=f"There are {', '.join(sorted(kinds))}.")
    return _Here([(id_, name, aliases) for id_, name, aliases in rows], names, kinds, default)


def _read(
    url: str,
    request: Mapping[str, Any],
    here: _Here,
    options: Options,
    done: Pulled,
    wanted: dict[str, tuple[Properties, str]],
) -> None:
    """One request as a case, or why not."""
    theirs, status = _text(request, "service_request_id"), _text(request, "status").lower()
    requested = _moment(request, "requested_datetime")
    if theirs.startswith(PREFIX):
        done.copies += 1
        return
    missing = next(
        (
            name
            for name, there in (
                ("service_request_id", bool(theirs)), ("status", status in (OPEN, CLOSED)), ("requested_datetime", requested is not None),
            )
            if not there
        ),
        None,
    )  # fmt: skip
    if missing is not None or requested is None:
        done.unread.append(f"{theirs[:60] or f'request {done.requests}'}: {missing} is missing or cannot be read")
        return
    code = _text(request, "service_code")
    kind = options.kinds.get(code, code if code in here.kinds else UNSORTED)
    done.unsorted += kind == UNSORTED
    area, placed = _place(request, here)
    done.unplaced += not placed
    id_ = PREFIX + hashlib.sha256(f"{url}\0{theirs}".encode()).hexdigest()[:16]
    said = _text(request, "service_name") or here.kinds.get(kind, "")
    props: dict[str, Any] = {
        "name": f"{here.names[area]}{said}"[:200], "kind": kind, "state": "closed" if status == CLOSED else "raised",
        "channel": "resident", "raised_on": requested.date(), "external": f"{url} {theirs}"[:400],
        "source": _source(url).id, "source_ref": theirs[:200],
    }  # fmt: skip
    due, updated = _moment(request, "expected_datetime"), _moment(request, "updated_datetime")
    if due is not None:
        props["due_on"] = due.date()
    if status == CLOSED:
        props["closed_on"] = max((updated or requested).date(), requested.date())
    for name, text in (("description", _text(request, "description")), ("address", _text(request, "address"))):
        if text:
            props[name] = text[:MAX_DESCRIPTION]
    latitude, longitude = _degrees(request, "lat", 90), _degrees(request, "long", 180)
    if latitude is not None and longitude is not None:
        props |= {"latitude": latitude, "longitude": longitude}
    wanted[id_] = (props, area)


def _place(request: Mapping[str, Any], here: _Here) -> tuple[str, bool]:
    """The area of a request, and whether the request told it."""
    named = _text(request, "address_id")
    if named in here.names:
        return named, True
    found = area_in(_text(request, "address"), here.areas)
    return (found, True) if found else (here.default, False)


def _text(request: Mapping[str, Any], name: str) -> str:
    value = request.get(name)
    if value is None or isinstance(value, dict | list | bool):
        return ""
    return "".join(c for c in str(value) if (c.isprintable() or c in "\n\t") and not "\ud800" <= c <= "\udfff").strip()


def _moment(request: Mapping[str, Any], name: str) -> dt.datetime | None:
    """A moment in our zone; one that names no zone is taken for ours."""
    try:
        moment = dt.datetime.fromisoformat(_text(request, name))
        moment = moment.astimezone(ZONE) if moment.tzinfo is not None else moment.replace(tzinfo=ZONE)
    except (ValueError, OverflowError):
        return None
    return moment if dt.date(1900, 1, 1) <= moment.date() < dt.date(2200, 1, 1) else None


def _degrees(request: Mapping[str, Any], name: str, most: int) -> float | None:
    try:
        value = float(_text(request, name))
    except ValueError:
        return None
    return value if -most <= value <= most else None
