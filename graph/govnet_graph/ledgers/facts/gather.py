"""All rows of a ledger together: in rounds until nothing more becomes known, then merged into nodes and claims.

The order of rows decides nothing: all rows of a round are read against the same index, and what they make known counts
from the next round on. Rows are read one by one and what they state is put together on disk, so that what is held in memory
are the things that the ledger makes known and the rows that it cannot be read from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.ledgers.account import SheetAccount
from govnet_graph.ledgers.facts import problems
from govnet_graph.ledgers.facts.claims import Claim, claims_of
from govnet_graph.ledgers.facts.meant import At, Context, Said, Understood
from govnet_graph.ledgers.facts.nodes import Statement, complete, merged
from govnet_graph.ledgers.facts.rows import named, understand
from govnet_graph.ledgers.model import LedgerKind, Problem, Row
from govnet_graph.ledgers.who import Candidate, Entry
from govnet_graph.ledgers.who.ids import MemberIds, member_ids
from govnet_graph.records import Node, canonical
from govnet_graph.spool import Groups, Spool

_MARKS = frozenset({"name", "id", "phones", "id_number"})
Lines = tuple[LedgerKind, Sequence[Row], SheetAccount]
"""The rows of one table, with its kind and the account of its sheet."""


@dataclass(frozen=True, slots=True)
class Review:
    """A doubtful reference for somebody to decide, with all cells that hold it.

    ``said`` are the properties that the rows give; a person's name is among them, because it stands in the ledger.
    """

    key: str
    labels: tuple[str, ...]
    said: Mapping[str, Any]
    candidates: tuple[Candidate, ...]
    cells: tuple[str, ...]


@dataclass(slots=True)
class Facts:
    """What a ledger states: nodes by id, claims of relationships by key, and what somebody has to decide first."""

    nodes: Spool[Node] = field(default_factory=Spool)
    claims: Spool[Claim] = field(default_factory=Spool)
    reviews: list[Review] = field(default_factory=list)
    rows: int = 0
    kept_back: int = 0


def gather(tables: Iterable[Lines], context: Context, source: str, secret: bytes) -> Facts:
    """What rows state. Rows that cannot be understood are quarantined in their accounts.

    Parameters
    ----------
    tables : iterable of (kind, rows, account of its sheet)
        Rows that have problems already are left as they are.
    context : Context
        Its index comes to know what the rows make known.
    source : str
        Id of the Source that the ledger is.
    secret : bytes
        Key of the ids of people (``who.ids.member_ids``).
    """
    # In the order of the names of sheets: the first row that states something is what a record rests on.
    ordered = sorted(tables, key=lambda lines: lines[2].sheet)
    work = _Gathering(ordered, context, source)
    work.rounds([n for n, (kind, _, _) in enumerate(ordered) if not _about_people(kind)], None)
    people = [n for n, (kind, _, _) in enumerate(ordered) if _about_people(kind)]
    work.rounds(people, member_ids(secret, work.people(people)))
    facts = Facts(reviews=work.reviews(), rows=sum(len(rows) for _, rows, _ in ordered))
    work.merge(facts)
    accounts = {id(account): account for _, _, account in ordered}
    facts.kept_back = sum(len(account.held) for account in accounts.values())
    return facts


def _about_people(kind: LedgerKind) -> bool:
    return any(node.stated and node.labels == ("Member",) for node in kind.nodes)


class _Gathering:
    def __init__(self, tables: Sequence[Lines], context: Context, source: str) -> None:
        self._tables = tables
        self._context = context
        self._source = source
        self._statements: Groups[Statement] = Groups()
        self._claims: Groups[Claim] = Groups()
        self._doubts: dict[str, list[Said]] = defaultdict(list)
        self._begun: Spool[dict[str, list[tuple[str, str]]] | None] = Spool()

    def _sound(self, tables: Iterable[int]) -> Iterator[tuple[At, Row]]:
        """The rows of tables that have no problem."""
        for number in tables:
            for place, row in enumerate(self._tables[number][1]):
                if not row.problems:
                    yield (number, place), row

    def people(self, tables: Iterable[int]) -> Iterator[tuple[str, str, str, str, str]]:
        """What tells the people of rows apart, in the order of the rows; what these refer to is kept on the way."""
        for (number, _), row in self._sound(tables):
            meant = named(self._tables[number][0], row, self._context)
            self._begun.append(meant.roles if meant.whole else None)
            values, phones = row.values, row.values.get("phones")
            rest = {key: value for key, value in values.items() if key not in _MARKS}
            yield (
                meant.body(),
                str(values.get("name", "")),
                str(values.get("id_number", "")),
                "|".join(sorted(phones)) if isinstance(phones, list) else "",
                canonical(rest),
            )

    def rounds(self, tables: Iterable[int], ids: MemberIds | None) -> None:
        """Read rows, and again those that are not understood as long as others make something known."""
        waiting: Iterator[tuple[int, At, Row]] = (
            (number, at, row) for number, (at, row) in enumerate(self._sound(tables))
        )
        begun = ids is not None
        while True:
            left: Spool[tuple[int, At]] = Spool()
            fresh: dict[str, Entry] = {}
            for number, at, row in waiting:
                roles = self._begun[number] if begun else None
                meant = self._understood(at, row, ids[number] if ids is not None else "", roles)
                if meant.whole:
                    _note(meant, self._context, fresh)
                    self._keep(at, row, meant)
                else:
                    left.append((number, at))
            waiting, begun = self._again(left), False
            if not fresh:
                break
            for _, entry in sorted(fresh.items()):
                self._context.index.add(entry)
        for number, at, row in waiting:
            # Read once more rather than held meanwhile: nothing has become known since.
            meant = self._understood(at, row, ids[number] if ids is not None else "")
            for said in meant.doubts:
                self._doubts[said.reference.key].append(said)
            self._tables[at[0]][2].quarantine(row, *meant.problems)

    def _again(self, left: Iterable[tuple[int, At]]) -> Iterator[tuple[int, At, Row]]:
        return ((number, at, self._tables[at[0]][1][at[1]]) for number, at in left)

    def _understood(
        self, at: At, row: Row, person: str, roles: dict[str, list[tuple[str, str]]] | None = None
    ) -> Understood:
        begun = Understood(roles) if roles is not None else None
        return understand(self._tables[at[0]][0], row, self._context, person, begun)

    def _keep(self, at: At, row: Row, meant: Understood) -> None:
        """Put what a row states beside what others state, unless it lacks something."""
        claims = claims_of(self._tables[at[0]][0], row, meant, self._source, at)
        complete(row, meant, self._context.index)
        if not claims and not meant.stated:
            meant.problems.append(problems.says_nothing())
        if meant.problems:
            self._tables[at[0]][2].quarantine(row, *meant.problems)
            return
        ref = row.source_ref("name")
        for stated in meant.stated.values():
            self._statements.add(stated.id, Statement(at, stated, ref))
        for claim in claims:
            self._claims.add("\0".join(claim.key), claim)

    def reviews(self) -> list[Review]:
        """What somebody has to decide."""
        return [
            Review(
                key,
                held[0].reference.labels,
                {"name": held[0].reference.name, **held[0].reference.props},
                held[0].doubt.candidates,
                tuple(said.cell for said in held),
            )
            for key, held in sorted(self._doubts.items())
        ]

    def merge(self, facts: Facts) -> None:
        """Put together what several rows say of the same; rows that contradict each other are all taken back."""
        dropped: set[At] = set()
        while True:
            facts.nodes, facts.claims = Spool(), Spool()
            faults: dict[At, Problem] = {}
            for _, statements in self._statements:
                if told := [statement for statement in statements if statement.at not in dropped]:
                    self._compare([s.at for s in told], [s.stated.props for s in told], faults)
                    facts.nodes.append(merged(told, self._context.index, self._source))
            for _, claims in self._claims:
                if held := [claim for claim in claims if claim.at not in dropped]:
                    self._compare([c.at for c in held], [c.props for c in held], faults)
                    facts.claims.append(_joined(held))
            if not faults:
                return
            for (table, place), problem in faults.items():
                _, rows, account = self._tables[table]
                account.quarantine(rows[place], problem)
            dropped |= faults.keys()

    def _compare(self, places: Sequence[At], props: Sequence[Mapping[str, Any]], faults: dict[At, Problem]) -> None:
        """Note rows that say different things of the same."""
        if len(set(places)) > 1 and _disagree(props):
            refs = {at: self._tables[at[0]][1][at[1]].source_ref() for at in places}
            for at in places:
                others = sorted({ref for other, ref in refs.items() if other != at})
                faults.setdefault(at, problems.contradicts(others))


def _note(meant: Understood, context: Context, found: dict[str, Entry]) -> None:
    """Add to ``found`` the things that a row makes known and that the index does not hold yet."""
    for stated in meant.stated.values():
        if stated.id in context.index.entries or stated.label == "Member":
            continue
        names = [*found[stated.id].names] if stated.id in found else []
        names += [str(stated.props.get("name", "")), *stated.props.get("aliases", [])]
        names = list(dict.fromkeys(name for name in names if name))
        codes = tuple(str(stated.props[key]) for key in ("code", "credit_code") if stated.props.get(key))
        place = meant.place()
        names.sort(key=lambda name: (name != stated.props.get("name"), name))
        props = {**stated.props, "id": stated.id}
        found[stated.id] = Entry(
            stated.id, stated.label, names[0] if names else "", tuple(names[1:]), codes,
            (place,) if place else (), props, fresh=True,
        )  # fmt: skip


def _disagree(listed: Sequence[Mapping[str, Any]]) -> bool:
    held: dict[str, Any] = {}
    for props in listed:
        for key, value in props.items():
            if key not in ("aliases", "source", "source_ref") and held.setdefault(key, value) != value:
                return True
    return False


def _joined(held: Sequence[Claim]) -> Claim:
    first = min(held, key=lambda claim: claim.at)
    together: dict[str, Any] = {}
    for claim in held:
        together |= claim.props
    return first.with_props({**together, "source": first.props["source"], "source_ref": first.props["source_ref"]})
