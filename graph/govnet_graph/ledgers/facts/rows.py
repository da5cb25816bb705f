"""One row in the schema's terms: which things it names, which of them are meant, what it states of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from govnet_graph.ledgers.facts import problems
from govnet_graph.ledgers.facts.meant import Context, Said, Stated, Understood
from govnet_graph.ledgers.kinds import level_of
from govnet_graph.ledgers.model import LedgerKind, Place, Row, RowNode, RowValue
from govnet_graph.ledgers.who import Doubt, How, Match, Reference, Unknown
from govnet_graph.ledgers.who.ids import thing_id
from govnet_graph.schema import AREAS

_IDENTIFIERS = ("id", "code", "credit_code")
#: Things that happen: known by what the row says of them, never guessed by a name that is alike.
_SERVICES = ("services", "skills")
_EVENTS = {"Case": "raised_on", "Activity": "held_on", "Need": "raised_on"}


_COLUMNS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}


def _columns(kind: LedgerKind, role: str) -> tuple[tuple[str, str], ...]:
    """(property, key) of the columns that speak about a role; asked for every row, so remembered."""
    found = _COLUMNS.get((kind.id, role))
    if found is None:
        own = [(c.target.property, c.key) for c in kind.columns if c.target is not None and c.target.role == role]
        found = _COLUMNS[kind.id, role] = tuple(own)
    return found


_REFERRED: dict[str, tuple[RowNode, ...]] = {}


def _referred(kind: LedgerKind) -> tuple[RowNode, ...]:
    """The things that rows of a kind refer to, those that hold others first; asked for every row, so remembered."""

    def depth(node: RowNode) -> int:
        return 0 if not node.within else 1 + depth(kind.node(node.within))

    found = _REFERRED.get(kind.id)
    if found is None:
        found = _REFERRED[kind.id] = tuple(sorted((n for n in kind.nodes if not n.stated), key=depth))
    return found


def of_role(kind: LedgerKind, row: Row, role: str) -> dict[str, RowValue]:
    """What a row says of one role, by property."""
    values = row.values
    return {name: values[key] for name, key in _columns(kind, role) if key in values}


def cell_of(kind: LedgerKind, row: Row, role: str, *names: str) -> tuple[str, Place | None]:
    """The column and the cell in which a row says one of these properties of a role."""
    columns = _columns(kind, role)
    for wanted in names:
        for name, key in columns:
            if name == wanted and key in row.refs:
                return key, row.refs[key]
    return "", None


def named(kind: LedgerKind, row: Row, context: Context) -> Understood:
    """The things that a row refers to, with which ``understand`` may go on."""
    return _Reader(kind, row, context).name()


def understand(
    kind: LedgerKind, row: Row, context: Context, person: str = "", begun: Understood | None = None
) -> Understood:
    """What a row means; exact where identifiers and exact names decide, else by ``who.resolve``.

    ``person`` is the id of the person that it states, unless it gives one or means somebody known; ``begun`` what
    ``named`` found, if nothing has become known since.
    """
    return _Reader(kind, row, context, person).read(begun)


class _Reader:
    def __init__(self, kind: LedgerKind, row: Row, context: Context, person: str = "") -> None:
        self.person = person
        self.kind = kind
        self.row = row
        self.context = context
        self.found = Understood()

    def name(self) -> Understood:
        """The things that the row refers to."""
        # An area is looked up in the area that holds it, so the larger ones come first.
        if not self._is_root():
            for node in _referred(self.kind):
                self._refer(node)
        return self.found

    def refer(self, begun: Understood | None = None) -> Understood:
        """What the row refers to, without what it states."""
        if begun is None:
            self.name()
        else:
            self.found = begun
        for edge in self.kind.edges:
            said = of_role(self.kind, self.row, edge.role)
            found: dict[str, Any] = {
                name: self.codes(edge.role, name, said[name]) for name in _SERVICES if name in said
            }
            if "programme" in said:
                found["programme"] = self._programme(edge.role, str(said["programme"]))
            self.found.translated[edge.role] = found
        return self.found

    def _programme(self, role: str, name: str) -> str:
        """Id of a programme that a property names; a problem where there is none."""
        reference = Reference(("Programme",), name)
        outcome = self.context.resolve(reference)
        if name in self.context.index.entries:
            return name
        if isinstance(outcome, Match):
            return outcome.id
        key, place = cell_of(self.kind, self.row, role, "programme")
        if isinstance(outcome, Doubt):
            self.found.doubts.append(Said(reference, outcome, self.row.source_ref(key)))
            self.found.problems.append(problems.doubtful(("Programme",), name, place))
        else:
            self.found.problems.append(problems.unknown(("Programme",), name, place))
        return name

    def read(self, begun: Understood | None = None) -> Understood:
        """What the row refers to and what it states."""
        self.refer(begun)
        for node in self.kind.nodes:
            if node.stated:
                self._state(node)
        return self.found

    def _held(self, id_: str) -> bool:
        """Whether the graph holds this thing; one that another row of the ledger makes known it does not."""
        entry = self.context.index.entries.get(id_)
        return entry is not None and not entry.fresh

    def _is_root(self) -> bool:
        """Whether the row states a district: what it names above it is a city or province, which the graph has none of."""
        if self.kind.id != "areas":
            return False
        said = of_role(self.kind, self.row, "area")
        return (
            level_of(str(said.get("code", "")), str(said.get("name", "")), str(said.get("@level", "")))[0] == "District"
        )

    def _refer(self, node: RowNode) -> None:
        said = of_role(self.kind, self.row, node.role)
        if not said:
            return
        code = next((str(said[name]) for name in _IDENTIFIERS if said.get(name)), "")
        names = said.get("name", [])
        for name in names if isinstance(names, list) else [str(names)]:
            self._one(node, name, code)
        if not names and code:
            self._one(node, "", code)

    def _one(self, node: RowNode, name: str, code: str) -> None:
        index = self.context.index
        within = self._within(node)
        if not code and (known := index.by_code(name)) is not None and known.label in node.labels:
            self.found.roles.setdefault(node.role, []).append((known.id, known.label))
            return
        if node.labels == ("Grid",) and not within:
            within, name = self._split(name)
        reference = Reference(node.labels, name, code, within)
        self._settle(node.role, reference, self.context.resolve(reference))

    def _within(self, node: RowNode) -> str:
        """Id of the area that a name of this role is looked up in: the next larger one that the row names."""
        role = node.within
        while role:
            if self.found.roles.get(role):
                return self.found.roles[role][0][0]
            role = self.kind.node(role).within
        return self.found.place() if node.labels == ("Resource",) else ""

    def _split(self, name: str) -> tuple[str, str]:
        """(community, rest) of a grid's name that begins with its community's; ("", name) otherwise."""
        for ending in ("社区", "村"):
            head, found, rest = name.partition(ending)
            if found and rest:
                outcome = self.context.resolve(Reference(("Community",), head + found))
                if isinstance(outcome, Match):
                    return outcome.id, rest
        return "", name

    def _settle(self, role: str, reference: Reference, outcome: Match | Doubt | Unknown) -> None:
        if isinstance(outcome, Match) and not (reference.within and outcome.label in AREAS):
            self.found.roles.setdefault(role, []).append((outcome.id, outcome.label))
            return
        key, place = cell_of(self.kind, self.row, role, "name", *_IDENTIFIERS)
        said = reference.name or reference.code
        match outcome:
            case Match():
                code = reference.code
                if reference.within and outcome.label in AREAS and not outcome.id.startswith(reference.within):
                    self.found.problems.append(problems.misplaced(code or outcome.id, reference.within, place))
                self.found.roles.setdefault(role, []).append((outcome.id, outcome.label))
            case Doubt():
                self.found.doubts.append(Said(reference, outcome, self.row.source_ref(key)))
                self.found.problems.append(problems.doubtful(reference.labels, said, place))
            case Unknown(fault=""):
                self.found.problems.append(problems.unknown(reference.labels, said, place))
            case Unknown(fault=fault):
                _, at = cell_of(self.kind, self.row, role, *_IDENTIFIERS)
                self.found.problems.append(problems.code_fault(fault, reference.code, at))

    def _state(self, node: RowNode) -> None:
        said: dict[str, Any] = {**node.fixed, **of_role(self.kind, self.row, node.role)}
        self._translate(node.role, said)
        level = str(said.pop("@level", ""))
        given = str(said.pop("id", ""))
        if node.labels[0] in AREAS:
            self._state_area(node, said, level)
        elif node.labels == ("Member",):
            self._state_member(node, said, given)
        else:
            self._state_thing(node, said, given)

    def _translate(self, role: str, said: dict[str, Any]) -> None:
        """Services that a property lists become codes."""
        for name in _SERVICES:
            if name in said:
                said[name] = self.codes(role, name, said[name])

    def codes(self, role: str, name: str, listed: Any) -> list[str]:
        """The codes of services that a cell lists; what is unknown or doubtful becomes a problem of the cell."""
        found: list[str] = []
        key, place = cell_of(self.kind, self.row, role, name)
        for text in listed if isinstance(listed, list) else [str(listed)]:
            known = self.context.index.by_code(text)
            reference = Reference(("Service",), text)
            outcome = self.context.resolve(reference)
            if known is not None and known.label == "Service":
                found.append(str(known.props.get("code", known.id)))
            elif isinstance(outcome, Match):
                found.append(str(self.context.index.entries[outcome.id].props.get("code", outcome.id)))
            elif isinstance(outcome, Doubt):
                self.found.doubts.append(Said(reference, outcome, self.row.source_ref(key)))
                self.found.problems.append(problems.doubtful(("Service",), text, place))
            else:
                self.found.problems.append(problems.unknown(("Service",), text, place))
        return list(dict.fromkeys(found))

    def _state_area(self, node: RowNode, said: dict[str, Any], level: str) -> None:
        code, name = str(said.get("code", "")), str(said.get("name", ""))
        label, sort = level_of(code, name, level)
        within = self._within(node)
        if code:
            self._stated(node, label, code, said, known=self._held(code), sort=sort)
            parent = within or next((code[:n] for n in (12, 9, 6) if len(code) > n), "")
            if parent and not code.startswith(parent):
                self.found.problems.append(
                    problems.misplaced(code, parent, cell_of(self.kind, self.row, node.role, "code")[1])
                )
            elif parent and not within and (above := self.context.index.entries.get(parent)) is not None:
                self.found.roles["parent"] = [(parent, above.label)]
            elif parent and not within:
                self.found.problems.append(
                    problems.code_fault("code-unknown", parent, cell_of(self.kind, self.row, node.role, "code")[1])
                )
            return
        reference = Reference((label,) if label else node.labels, name, "", within, dict(said))
        outcome = self.context.resolve(reference)
        if isinstance(outcome, Match):
            self._stated(node, outcome.label, outcome.id, said, known=self._held(outcome.id), sort=sort, by_name=True)
        elif isinstance(outcome, Doubt):
            self._settle(node.role, reference, outcome)
        else:
            # Names are never keys, so an area that the graph does not hold needs a code.
            self.found.problems.append(problems.lacks(label or "Grid", ["code"]))

    def _state_member(self, node: RowNode, said: dict[str, Any], given: str) -> None:
        index = self.context.index
        own = given or self.person
        if given and given not in index.entries:
            place = cell_of(self.kind, self.row, node.role, "id")[1]
            self.found.problems.append(problems.code_fault("code-unknown", given, place))
        elif own not in index.entries:
            reference = Reference(("Member",), str(said.get("name", "")), "", self.found.body(), dict(said))
            outcome = self.context.resolve(reference)
            if isinstance(outcome, Doubt):
                self._settle(node.role, reference, outcome)
                return
            own = outcome.id if isinstance(outcome, Match) else own
        self._stated(node, "Member", own, said, known=self._held(own))

    def _state_thing(self, node: RowNode, said: dict[str, Any], given: str) -> None:
        label, name = node.labels[0], str(said.get("name", ""))
        code = given or str(said.get("credit_code", ""))
        place = self.found.place()
        if label in _EVENTS:
            own = given or thing_id(label, name, place, str(said.get(_EVENTS[label], "")))
            self._stated(node, label, own, said, known=self._held(own))
            return
        reference = Reference(node.labels, name, code, place if label != "Unit" else "", dict(said))
        outcome = self.context.resolve(reference)
        if isinstance(outcome, Match):
            by_name = outcome.how is not How.IDENTIFIER
            self._stated(node, outcome.label, outcome.id, said, known=self._held(outcome.id), by_name=by_name)
        elif isinstance(outcome, Doubt) or outcome.fault or given:
            fault = outcome if isinstance(outcome, Doubt) or outcome.fault else Unknown("code-unknown")
            self._settle(node.role, reference, fault)
        else:
            credit = str(said.get("credit_code", ""))
            own = f"unit-{credit}" if credit else thing_id(label, name, *([place] if label != "Unit" else []))
            self._stated(node, label, own, said, known=self._held(own))

    def _stated(
        self,
        node: RowNode,
        label: str,
        id_: str,
        said: dict[str, Any],
        *,
        known: bool,
        sort: str = "",
        by_name: bool = False,
    ) -> None:
        if sort and "kind" not in said:
            said["kind"] = sort
        if known:
            label = self.context.index.entries[id_].label
        since, until = said.get("since"), said.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until <= since:
            place = cell_of(self.kind, self.row, node.role, "until")[1]
            self.found.problems.append(problems.dates_reversed(since, until, place))
        self.found.roles[node.role] = [(id_, label)]
        self.found.stated[node.role] = Stated(label, id_, said, known, by_name)
