"""An open district: asks questions of the catalogue, and waits for the answers like any other function."""

from __future__ import annotations

import keyword
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from functools import cached_property
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from govnet_graph.errors import BadInput
from govnet_graph.notebooks.rows import Rows, add_edge, add_node, new_graph
from govnet_graph.notebooks.thread import LoopThread
from govnet_graph.questions import MAX_LIMIT, Question, catalogue, question
from govnet_graph.questions.views import views
from govnet_graph.settings import Settings
from govnet_graph.store import reader
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.engines.registry import start_configured
from govnet_graph.store.pictures import MOST_NODES, see
from govnet_graph.store.state import GraphState, read_state
from govnet_graph.store.whole import whole

if TYPE_CHECKING:
    import networkx as nx

    from govnet_graph.notebooks.plans import Plans

T = TypeVar("T")


class District:
    """The graph of a district, open for questions. Made by ``govnet_graph.connect``; close it, or use ``with``.

    Attributes
    ----------
    ask : Asker
        ``district.ask("unit-members", unit="unit-a")``, or ``district.ask.unit_members(unit="unit-a")``.
    questions : Questions
        The catalogue, by id.
    plans : Plans
        What the planner computes, and plans: ``district.plans.repair(area="210902003")``.
    """

    def __init__(
        self, engine: str | None = None, *, home: str | Path | None = None, names: bool = False, **settings: Any
    ) -> None:
        given = {"engine": engine, "home": Path(home) if home is not None else None, **settings}
        self._settings = Settings(**{name: value for name, value in given.items() if value is not None})
        self._settings.home.mkdir(parents=True, exist_ok=True)
        self._names = names
        self._running = start_configured(self._settings)
        self._held = AsyncExitStack()
        self._thread = LoopThread()
        try:
            self._graph = self._thread.run(self._open())
        except BaseException:
            self._thread.close()
            self._running.__exit__(None, None, None)
            raise
        self._closed = False
        self.questions = Questions(self)
        self.ask = Asker(self)

    async def _open(self) -> Graph:
        return await self._held.enter_async_context(Graph.open(self._running.engine, self._settings))

    def close(self) -> None:
        """Close the connection, and stop the engine if it was started for it; closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self._thread.run(self._held.aclose())
        finally:
            self._thread.close()
            self._running.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def plans(self) -> Plans:
        """What the planner computes, and plans: ``district.plans.repair(area="210902003")``."""
        # Loaded when it is first asked for: the solvers take a while.
        from govnet_graph.notebooks.plans import Plans

        return Plans(self._run, seconds=self._settings.solve_seconds, approve_own=self._settings.approve_own)

    @property
    def engine(self) -> Engine:
        """The engine that answers."""
        return self._running.engine

    @property
    def state(self) -> GraphState | None:
        """What the graph says about itself: data set, home, data version; None when it is empty."""
        return self._run(read_state)

    def question(self, question_id: str) -> Asking:
        """One question, to read about and to ask. Underscores may stand for hyphens. Raises NotFound.

        Examples
        --------
        >>> district.question("unit-members")
        <question unit-members(unit, …): Who belongs to a unit, and in which role?>
        """
        return Asking(self, question(question_id.replace("_", "-")))

    def graph(self, question_id: str, /, **given: Any) -> nx.MultiDiGraph[str]:
        """The answer to a question as a networkx graph; see ``Rows.graph``. Takes what ``ask`` takes.

        Examples
        --------
        >>> graph = district.graph("unit-members", unit="unit-d", as_of="2026-06-01")
        >>> graph.nodes["unit-d"]["label"]
        'Unit'
        """
        return self.ask(question_id, **given).graph()

    def objects(self) -> Any:
        """A ``py2neo.Graph`` on the same database (real Neo4j only); needs ``pip install 'govnet[py2neo]'``.

        Names are not masked there. ``govnet_graph.notebooks.objects`` makes classes for its objects. Raises BadInput.
        """
        if self.engine.kind == "embedded":
            raise BadInput("py2neo speaks to real Neo4j only.", hint="Connect with engine='neo4j' or an address.")
        from govnet_graph.notebooks import objects

        return objects.open_graph(self.engine)

    def _run(self, work: Callable[[Graph], Awaitable[T]]) -> T:
        if self._closed:
            raise BadInput("This district is closed.", hint="Open it again with govnet_graph.connect().")

        async def done() -> T:
            return await work(self._graph)

        return self._thread.run(done())

    def _ask(self, asked: Question, given: Mapping[str, Any], *, names: bool | None, whole: bool) -> Rows:
        parameters = {_parameter(name): value for name, value in given.items()}
        shown = self._names if names is None else names
        if whole:
            answer = self._run(lambda graph: _whole(graph, asked, parameters, names=shown))
        else:
            answer = self._run(lambda graph: reader.ask(graph, asked, parameters, names=shown))
        draw = (lambda: self._draw(asked, answer, names=shown)) if asked.id in views() else None
        return Rows(answer, draw)

    def _draw(self, asked: Question, answer: reader.Answer, *, names: bool) -> nx.MultiDiGraph[str]:
        """The view of the rows that were answered; whatever was written since is not hidden: the graph tells its version."""
        given = {**answer.parameters, "limit": max(1, min(len(answer.rows), MAX_LIMIT))}
        most = max(MOST_NODES, 20 * len(answer.rows))
        picture = self._run(lambda graph: see(graph, views()[asked.id], given, names=names, most=most))
        cut = answer.more or len(answer.rows) > MAX_LIMIT or len(picture.nodes) >= most
        graph = new_graph(asked, as_of=picture.as_of, data_version=picture.data_version, truncated=cut)
        for node in native(picture.nodes):
            add_node(graph, node)
        for link in native(picture.relationships):
            add_edge(graph, link)
        return graph

    def __repr__(self) -> str:
        where = "closed" if self._closed else f"{self.engine.kind} {self.engine.version} at {self.engine.uri}"
        return f"<district on {where}, {len(self.questions)} questions>"


def _parameter(name: str) -> str:
    """The parameter's name; an underscore at the end sets off one that is a word of Python, such as ``from_``."""
    bare = name.removesuffix("_")
    return bare if keyword.iskeyword(bare) else name


async def _whole(graph: Graph, asked: Question, given: Mapping[str, object], *, names: bool) -> reader.Answer:
    """Every row of the answer. Raises WriteConflict when the data keep moving."""
    if "limit" in given or "skip" in given:
        raise BadInput("whole=True takes neither limit nor skip.", hint="Leave them out, or leave whole out.")
    return await whole(
        lambda skip, rows: reader.ask(graph, asked, {**given, "skip": skip}, names=names, rows_at_most=rows)
    )


class Asker:
    """Asks by id, or by an attribute for each question, with hyphens as underscores."""

    def __init__(self, district: District) -> None:
        self._district = district

    def __call__(self, question_id: str, /, *, names: bool | None = None, whole: bool = False, **given: Any) -> Rows:
        """The answer to one question.

        Parameters
        ----------
        question_id : str
            Id of a question of the catalogue.
        names : bool, optional
            Show members' names, or not, whatever ``connect`` said.
        whole : bool
            All rows instead of the first hundred.
        **given
            Parameters of the question, as text or typed; ``from_`` for ``from``.

        Raises
        ------
        NotFound, BadParameter, NothingLoaded, QueryTimedOut, EngineUnreachable
        """
        asked = question(question_id.replace("_", "-"))
        return self._district._ask(asked, given, names=names, whole=whole)

    def __getattr__(self, name: str) -> Asking:
        found = catalogue().get(name.replace("_", "-"))
        if found is None:
            raise AttributeError(f"There is no question {name!r}; dir() and district.questions list them.")
        return Asking(self._district, found)

    def __dir__(self) -> list[str]:
        return sorted(question_id.replace("-", "_") for question_id in catalogue())

    def __repr__(self) -> str:
        return f"<asks any of {len(catalogue())} questions>"


class Asking:
    """One question of an open district: call it with its parameters, or read what it is."""

    def __init__(self, district: District, asked: Question) -> None:
        self._district = district
        self.question = asked
        self.__doc__ = _help(asked)

    def __call__(self, *, names: bool | None = None, whole: bool = False, **given: Any) -> Rows:
        """The answer; see ``Asker``."""
        return self._district._ask(self.question, given, names=names, whole=whole)

    def help(self) -> None:
        """Print what the question asks, takes and gives."""
        print(self.__doc__)

    @property
    def cypher(self) -> str:
        """The question's own text."""
        return self.question.cypher

    def __repr__(self) -> str:
        needed = [p.name for p in self.question.parameters if p.required]
        return f"<question {self.question.id}({', '.join([*needed, '…'])}): {self.question.text.en}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(_help(self.question))}</pre>"


class Questions(Mapping[str, Asking]):
    """The catalogue as a mapping from ids; shows itself as a list in both languages."""

    def __init__(self, district: District) -> None:
        self._district = district

    def __getitem__(self, question_id: str) -> Asking:
        return Asking(self._district, catalogue()[question_id])

    def __iter__(self) -> Iterator[str]:
        return iter(catalogue())

    def __len__(self) -> int:
        return len(catalogue())

    def __repr__(self) -> str:
        return "\n".join(f"{asked.id}: {asked.text.zh} {asked.text.en}" for asked in catalogue().values())

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(q.id)}</code></td><td>{escape(q.text.zh)}</td><td>{escape(q.text.en)}</td></tr>"
            for q in sorted(catalogue().values(), key=lambda q: (q.area, q.id))
        )
        return f"<table><tbody>{rows}</tbody></table>"


def _help(asked: Question) -> str:
    """What a question asks, takes and gives, in both languages."""
    lines = [f"{asked.id}: {asked.text.zh} {asked.text.en}", f"{asked.grain.zh}; {asked.grain.en}", "", "Parameters"]
    for p in asked.parameters:
        default = "required" if p.required else f"default {p.default}"
        values = f", one of {', '.join(p.values)}" if p.values else ""
        lines.append(f"  {p.name} ({p.type}, {default}{values}): {p.text.zh} {p.text.en}")
    lines += ["", "Columns"]
    for c in asked.columns:
        lines.append(f"  {c.name} ({c.type}{', ' + c.unit if c.unit else ''}): {c.text.zh} {c.text.en}")
    return "\n".join(lines)
