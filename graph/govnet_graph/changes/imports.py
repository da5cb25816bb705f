"""An import from file to graph: inspect, preview, apply; the same for the command line, the API and the page.

Previewing writes nothing. Applying keeps the change set beside the draft first, so that an import that was killed goes on
with the very records that it had begun with, however the graph looks meanwhile.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from govnet_graph.changes.apply import apply, preview
from govnet_graph.changes.complete import Completeness, declare, relations_of
from govnet_graph.changes.documents import Document
from govnet_graph.changes.drafts import Draft, Drafts
from govnet_graph.changes.joining import CODED, NAMED, join
from govnet_graph.changes.model import ChangeSet, End, Preview, Summary
from govnet_graph.changes.options import Options
from govnet_graph.changes.plans import plan_of_key
from govnet_graph.changes.previews import ImportPreview
from govnet_graph.changes.stored import read_changeset, write_changeset
from govnet_graph.changes.tables import Inspected, inspect, learn, learned, quarantined
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.facts import Context, Facts, gather, settle
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.who import Decisions, read_index
from govnet_graph.ledgers.who.files import secret_of, write_bytes
from govnet_graph.questions.values import today
from govnet_graph.records import Edge, Node
from govnet_graph.schema import Text
from govnet_graph.settings import Settings
from govnet_graph.spool import Spool, parts
from govnet_graph.store.commit import Progress
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import read_state

_AT_ONCE = 5000
_ALWAYS = ("Service", "Programme")
_MEMBER_BODIES = ("Unit", "Organization")


class NothingToImport(BadInput):
    """The file has no table that is mapped to a kind of ledger, or no row that could be read."""

    code = "nothing-to-import"


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did: the summary of its plan, and the preview that it followed (None for a resumed one)."""

    summary: Summary
    preview: ImportPreview | None


class Imports:
    """Imports of one data directory.

    Parameters
    ----------
    settings : Settings
        Names the data directory and the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.drafts = Drafts(settings)
        self._folder: Path = settings.home / "ledgers"

    @property
    def decisions(self) -> Decisions:
        """What was decided about doubtful references so far."""
        return Decisions(self._folder / "decisions.json")

    def inspect(self, draft: Draft, options: Options) -> Inspected:
        """Read a file and propose what its tables are. Pure computation: call it outside the event loop.

        Raises
        ------
        BadInput
            The file cannot be read or passes a limit.
        """
        return inspect(draft.content(), draft.name, options, learned(self._folder), self.settings)

    async def preview(self, graph: Graph, draft: Draft, options: Options, author: str = "") -> ImportPreview:
        """What importing a draft would do now. Writes nothing to the graph; keeps the quarantine workbook with the draft.

        Raises
        ------
        BadInput, RecordError, EngineUnreachable
        """
        found = await asyncio.to_thread(self.inspect, draft, options)
        shown = ImportPreview(draft.id, found.shown(), found.account, [], [], notices=found.notices)
        kinds = found.kinds
        if found.document is not None:
            shown.standard = found.document.standard
            await self._join(graph, draft, options, found.document, shown, author)
        elif kinds:
            await self._work_out(graph, draft, options, found, shown, kinds, author)
        shown.rows = found.held_back
        book = await asyncio.to_thread(quarantined, found) if shown.rows else None
        if book is None:
            draft.file("quarantine.xlsx").unlink(missing_ok=True)
        else:
            write_bytes(draft.file("quarantine.xlsx"), book)
        return shown

    async def _work_out(
        self,
        graph: Graph,
        draft: Draft,
        options: Options,
        found: Inspected,
        shown: ImportPreview,
        kinds: set[str],
        author: str,
    ) -> None:
        """Fill in what the rows come to."""
        day = options.as_of or today()
        state = await read_state(graph)
        scope = options.complete_for or (state.home if state else None) or ""
        index = await read_index(graph, _labels(kinds), home=scope, day=day)
        context = Context(index, self.decisions.with_given(options.choices))
        secret = secret_of(self._folder / "members.key")
        source = _source_of(draft)
        facts: Facts = await asyncio.to_thread(gather, found.lines(), context, source.id, secret)
        edges: Spool[Edge] = Spool()
        moved: list[tuple[str, str]] = []
        for part in parts(facts.claims, _AT_ONCE, attrgetter("type", "start")):
            known = await relations_of(graph, ((claim.type, claim.start) for claim in part))
            settled, away = await asyncio.to_thread(settle, part, known, day)
            edges.extend(settled)
            moved += away
        complete = Completeness()
        if options.complete_for and facts.kept_back:
            shown.withheld = _withheld(facts.kept_back)
        elif options.complete_for:
            listed = {edge.id for edge in edges}
            complete = await declare(graph, kinds, options.complete_for, day, listed, source.id)
        shown.reviews = facts.reviews
        changes = _changeset(draft, options, source, facts, edges, moved, complete, day, author)
        await self._compare(graph, options, changes, shown)

    async def _join(
        self, graph: Graph, draft: Draft, options: Options, found: Document, shown: ImportPreview, author: str
    ) -> None:
        """Fill in what the records of a standard's file come to. It speaks of no day unless one was given."""
        state = await read_state(graph)
        index = await read_index(graph, {*NAMED, *CODED}, home=(state.home if state else None) or "")
        file = _source_of(draft)
        joined = await join(graph, found, index, self.decisions.with_given(options.choices), file.id)
        source = file if found.own else joined.nodes.pop(0)
        changes = ChangeSet(
            "import", draft.name, author or draft.author, f"import {draft.name}",
            source if joined.nodes or joined.edges else None, tuple(joined.nodes), tuple(joined.edges),
        )  # fmt: skip
        said = f"{draft.sha256}|{changes.key}|{options.as_of or ''}"
        shown.reviews = joined.reviews
        changes = dataclasses.replace(changes, confirm=options.as_of, key=hashlib.sha256(said.encode()).hexdigest())
        await self._compare(graph, options, changes, shown)

    @staticmethod
    async def _compare(graph: Graph, options: Options, changes: ChangeSet, shown: ImportPreview) -> None:
        """Fill in how the change set meets the graph."""
        shown.changeset = changes
        shown.changes = await preview(graph, changes, conflicts=options.conflicts)
        if changes.source is not None and _only_source(shown.changes, changes.source.id):
            # A file that states what is there already is nothing that the graph need know of.
            shown.changeset = changes = dataclasses.replace(changes, source=None)
            shown.changes = dataclasses.replace(shown.changes, new=())
        done = await plan_of_key(graph, changes.key)
        shown.already = done.id if done is not None and done.state == "applied" else ""

    async def apply(
        self,
        graph: Graph,
        draft: Draft,
        options: Options,
        *,
        author: str,
        expected_version: int | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        now: dt.datetime | None = None,
    ) -> Applied:
        """Import what of a draft could be read and understood, as one group that can be undone; or resume that.

        Mappings and decisions of a successful import are remembered.

        Raises
        ------
        NothingToImport, TooManyEnded, RecordError, OpenPlan, WriteConflict, Cancelled
        """
        begun = await self._begun(graph, draft)
        shown = None
        if begun is None:
            shown = await self.preview(graph, draft, options, author)
            if shown.changeset is None or not (shown.changeset.nodes or shown.changeset.edges):
                raise NothingToImport(
                    f"{draft.name} holds no row that could be imported.",
                    hint="Look at the preview: it says which kind each table was taken for and what is wrong with its rows.",
                )
            begun = shown.changeset
            write_changeset(draft.file("begun"), begun)
            draft.keep(begun=begun.key, options=options.as_json())
        summary = await apply(
            graph,
            begun,
            expected_version=expected_version,
            conflicts=options.conflicts,
            allow_ending=options.allow_ending,
            batch_size=self.settings.batch_size,
            progress=progress,
            cancelled=cancelled,
            now=now,
        )
        self._remember(draft, options, author)
        draft.keep(begun=None, plan=summary.plan or None)
        draft.file("begun").unlink(missing_ok=True)
        return Applied(summary, shown)

    async def _begun(self, graph: Graph, draft: Draft) -> ChangeSet | None:
        """The change set of an import of this draft that was begun and has not ended; None where there is none."""
        key = draft.note().get("begun")
        if not key:
            return None
        plan = await plan_of_key(graph, str(key))
        held = read_changeset(draft.file("begun")) if plan is not None and plan.state == "open" else None
        if held is None:
            # It was undone, or never got as far as its plan.
            draft.keep(begun=None)
        return held

    def _remember(self, draft: Draft, options: Options, author: str) -> None:
        if options.choices:
            self.decisions.remember(options.choices, author)
        learn(self._folder, self.inspect(draft, options))


def _source_of(draft: Draft) -> Node:
    """The file as a Source; it rests on itself."""
    told = {"name": draft.name, "kind": "ledger", "sha256": draft.sha256}
    id_ = f"src-ledger-{draft.sha256[:16]}"
    return Node("Source", id_, {**told, "source": id_, "source_ref": "file"})


def _only_source(found: Preview, source: str) -> bool:
    """Whether nothing would be written but the source itself."""
    alone = len(found.new) == 1 and found.new[0].id == source
    return alone and not (found.changed or found.ended or found.confirmed)


def _labels(kinds: set[str]) -> set[str]:
    found = {label for kind in kinds for node in kind_of(kind).nodes for label in node.labels}
    return found | set(_ALWAYS) | (set(_MEMBER_BODIES) if "Member" in found else set())


def _changeset(
    draft: Draft,
    options: Options,
    source: Node,
    facts: Facts,
    edges: Spool[Edge],
    moved: list[tuple[str, str]],
    complete: Completeness,
    day: dt.date,
    author: str,
) -> ChangeSet:
    facts.nodes.extend(complete.nodes)
    edges.extend(complete.edges)
    gone = {end.entity for end in complete.ends}
    ends = [*complete.ends, *(End(id_, day, f"moved to {to}") for id_, to in sorted(moved) if id_ not in gone)]
    changes = ChangeSet(
        "import",
        draft.name,
        author or draft.author,
        f"import {draft.name}",
        source,
        facts.nodes,
        edges,
        tuple(ends),
        complete.among,
        None,
    )
    if not (changes.nodes or changes.edges or changes.ends):
        changes = dataclasses.replace(changes, source=None)
    said = f"{draft.sha256}|{changes.key}|{options.as_of or ''}"
    return dataclasses.replace(changes, confirm=day, key=hashlib.sha256(said.encode()).hexdigest())


def _withheld(rows: int) -> Text:
    return Text(
        f"有 {rows} 行未能导入，因此这份台账暂不视为完整：不会终止任何未列出的内容",
        f"{rows} rows could not be imported, so the ledger does not count as complete: nothing that it does not list is ended",
    )
