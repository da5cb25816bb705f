"""Standing questions on an engine: a grid loses its last unit and the watcher is told once, by page, webhook and feed."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time

import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from govnet_graph import cases
from govnet_graph.cases import NewCase, StepRequest
from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.webhooks import Webhooks
from govnet_graph.cases.watches.cases import follower
from govnet_graph.cases.watches.keeper import Keeper, Watchman
from govnet_graph.cases.watches.model import NoticeKind, WatchKind
from govnet_graph.cases.watches.questions import MAX_ROWS, require_watchable
from govnet_graph.cases.watches.rest import Rest
from govnet_graph.cases.watches.store import Watches
from govnet_graph.changes import ChangeSet, End, apply, undo
from govnet_graph.errors import EngineUnreachable
from govnet_graph.questions import BadParameter, question, values
from govnet_graph.records import Node
from govnet_graph.store.reader import NothingLoaded, ask
from govnet_graph.store.state import clear, read_state
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

DAY = dt.date(2026, 6, 1)
GRID = "990101001001001"


@pytest.fixture
def watches(tmp_path):
    return Watches(Book(tmp_path))


@pytest.fixture
def loaded(on_graph, district):
    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


def keeper_of(graph, watches) -> Keeper:
    async def masked(asked, given, *, day):
        return await ask(graph, asked, given, names=False, day=day)

    async def opened():
        return graph

    return Keeper(watches, masked, follower(opened))


async def watched(keeper: Keeper, kind: WatchKind, name: str, given=None, webhooks=(), day=DAY):
    first = await keeper.first(kind, name, given or {}, day)
    return keeper.watches.add(kind, name, given or {}, webhooks=webhooks, author="test", first=first)


def ending(entity: str, until: dt.date) -> ChangeSet:
    return ChangeSet("edit", "end", "test", "it ended", ends=(End(entity, until),))


def test_the_last_unit_of_a_grid_leaves_and_it_is_told_once(loaded, watches):
    async def work(graph):
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001"})
        assert await keeper.evaluate(watch, DAY) == ()
        left = await apply(graph, ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 5, 20)))
        told = await keeper.evaluate(watch, DAY)
        assert len(told) == 1 and told[0].kind is NoticeKind.ANSWER
        assert told[0].data["counts"] == {"appeared": 1, "vanished": 0, "changed": 0}
        assert told[0].data["appeared"][0]["area"]["id"] == GRID
        assert await keeper.evaluate(watch, DAY) == ()
        await undo(graph, left.plan, author="test", reason="it stays")
        back = await keeper.evaluate(watch, DAY)
        assert back[0].data["counts"] == {"appeared": 0, "vanished": 1, "changed": 0}
        return watch

    watch = loaded(work)
    assert [n.data["data_version"] for n in watches.notices(watch=watch.id)] == sorted(
        [n.data["data_version"] for n in watches.notices()], reverse=True
    )


def test_the_day_moves_and_a_pairing_that_ends_is_told_without_any_write(loaded, watches):
    async def work(graph):
        await apply(graph, ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 6, 3)))
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001"})
        fixed = await watched(
            keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001", "as_of": "2026-06-01"}
        )
        days = [await keeper.evaluate(watch, DAY + dt.timedelta(days=n)) for n in (1, 2, 3)]
        assert [len(told) for told in days] == [0, 1, 0]
        assert days[1][0].data["before"]["as_of"] == DAY + dt.timedelta(days=1)
        assert await keeper.evaluate(fixed, DAY + dt.timedelta(days=3)) == ()

    loaded(work)


def test_names_are_masked_in_what_is_kept_and_told(loaded, watches, district):
    names = {
        str(n.props["name"]) for n in district.nodes
        if n.label == "Member" and n.props.get("name") and n.props["name"] != n.props.get("title")
    }  # fmt: skip
    assert names

    async def work(graph):
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "members", {})
        await apply(graph, ending("MEMBER_OF:member-04>unit-d", dt.date(2026, 5, 20)))
        told = await keeper.evaluate(watch, DAY)
        assert told
        return watches.held(watch.id).content, told[0].data

    kept = json.dumps(loaded(work), default=str, ensure_ascii=False)
    assert not [name for name in names if name in kept]


def test_what_is_gone_is_a_problem_told_once_and_told_when_it_is_back(loaded, watches):
    async def work(graph):
        ground = {"source": "src-pairings"}
        unit = Node("Unit", "unit-new", {"name": "戊银行", "kind": "bank", **ground})
        made = await apply(graph, ChangeSet("edit", "new", "test", "new", nodes=(unit,), key="new"))
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "unit-profile", {"unit": "unit-new"})
        await undo(graph, made.plan, author="test", reason="mistake")
        told = [await keeper.evaluate(watch, DAY) for _ in range(2)]
        assert [[n.kind for n in some] for some in told] == [[NoticeKind.PROBLEM], []]
        assert "unit-new" in told[0][0].data["detail"] == watches.get(watch.id).problem
        await apply(graph, ChangeSet("edit", "new", "test", "new", nodes=(unit,), key="again"))
        back = [await keeper.evaluate(watch, DAY) for _ in range(2)]
        assert [[n.kind for n in some] for some in back] == [[NoticeKind.RESTORED], []]
        assert watches.get(watch.id).problem is None

    loaded(work)


def test_a_graph_that_is_empty_for_a_while_is_no_change(loaded, watches):
    async def work(graph):
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "units")
        await clear(graph)
        with pytest.raises(NothingLoaded):
            await keeper.evaluate(watch, DAY)
        assert watches.notices() == [] and watches.get(watch.id).problem is None

    loaded(work)


def test_two_who_look_at_once_tell_once(loaded, watches):
    async def work(graph):
        keeper = keeper_of(graph, watches)
        watch = await watched(keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001"})
        await apply(graph, ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 5, 20)))
        return await asyncio.gather(*(keeper.evaluate(watch, DAY) for _ in range(4)))

    assert sum(len(told) for told in loaded(work)) == 1 == len(watches.notices())


def test_the_watchman_waits_until_the_data_rests(loaded, watches):
    """While a group of changes is open nothing is asked; what an abandoned one left is what the graph holds."""

    async def work(graph):
        keeper = keeper_of(graph, watches)
        await watched(keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001"})
        told = []
        version = {"now": (await read_state(graph)).data_version}

        async def look():
            return version["now"]

        man = Watchman(keeper, look, 1000.0, lambda: told.append(1))
        assert await man.step(DAY) == 0
        await apply(graph, ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 5, 20)))
        state = (await read_state(graph)).data_version
        for seen in (state - 1, None, state, None):  # moving, being written, moving, being written
            version["now"] = seen
            assert await man.step(DAY) == 0
        version["now"] = state
        assert [await man.step(DAY) for _ in range(3)] == [1, 0, 0]
        assert told == [1]

    loaded(work)


def test_rest_is_when_nothing_is_half_written(loaded):
    async def work(graph):
        async def opened():
            return graph

        async def state():
            return await read_state(graph)

        rest = Rest(opened, state)
        before = await rest()
        assert before == (await state()).data_version
        change = ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 5, 20))
        seen = []

        def stop() -> bool:
            seen.append(1)
            return len(seen) > 1

        with pytest.raises(Exception, match="Stopped"):
            await apply(graph, change, batch_size=1, cancelled=stop)
        assert await rest() is None
        rest._stuck = (rest._stuck[0], time.monotonic() - 61)  # an hour of waiting would prove no more
        assert await rest() is not None
        await apply(graph, change)
        assert await rest() == (await state()).data_version

    loaded(work)


def test_cases_are_followed_event_by_event(loaded, watches):
    async def work(graph):
        keeper = keeper_of(graph, watches)
        today = values.today()
        everything = await watched(keeper, WatchKind.CASES, "", {}, day=today)
        refused = await watched(keeper, WatchKind.CASES, "", {"event": "refuse"}, day=today)
        elsewhere = await watched(keeper, WatchKind.CASES, "", {"area": "990101002"}, day=today)
        assert await keeper.evaluate(everything, today) == ()
        made = await cases.raise_case(graph, NewCase(name="路灯不亮", area=GRID, kind="road", author="test"))
        await cases.take(graph, StepRequest(case=made.case, step="dispatch", target="unit-a", author="test"))
        await cases.take(graph, StepRequest(case=made.case, step="refuse", reason="李四说不归我管", author="test"))
        told = await keeper.evaluate(everything, today)
        # A deadline that is near is told beside the steps, whatever the weekday on which this runs.
        assert [n.type for n in told if n.type != "case.due-soon"] == ["case.raise", "case.dispatch", "case.refuse"]
        assert [n.type for n in await keeper.evaluate(refused, today)] == ["case.refuse"]
        assert await keeper.evaluate(elsewhere, today) == ()
        assert await keeper.evaluate(everything, today) == ()
        assert told[1].data["target"] == "unit-a" and told[0].data["area"] == GRID
        assert "李四" not in json.dumps([n.data for n in told], default=str, ensure_ascii=False)
        await cases.undo_last(graph, made.case, author="test", reason="mistake")
        undone = await keeper.evaluate(everything, today)
        assert [n.type for n in undone if n.type != "case.due-soon"] == ["case.undone"]
        # Nobody writes anything more; the day comes on which it is late, and that is told once.
        later = [await keeper.evaluate(everything, today + dt.timedelta(days=n)) for n in (30, 31)]
        late = [n for n in later[0] if n.type == "case.late" and n.data["case"] == made.case]
        assert len(late) == 1 and late[0].data["waits_for"]
        assert [n for n in later[1] if n.data["case"] == made.case] == []

    loaded(work)


def test_parameters_of_a_watch_are_those_of_its_question():
    for bad in ({"limit": "5"}, {"nothing": "1"}, {"state": "green"}):
        with pytest.raises(BadParameter):
            require_watchable(question("coverage-gaps"), bad, "990101")
    assert MAX_ROWS >= 1000
    assert issubclass(EngineUnreachable, Exception)


def test_a_webhook_hears_of_it_and_can_verify_it(loaded, watches, tmp_path):
    from govnet_graph.cases.notify.addresses import networks_of
    from govnet_graph.cases.notify.outbox import Outbox
    from govnet_graph.cases.notify.sending import Dispatcher, HttpSender
    from tests.receivers import receiver

    here = networks_of("127.0.0.1/32")
    with receiver() as there:
        hook, secret = Webhooks(Book(tmp_path), here).add(there.url, author="test")

        async def work(graph):
            keeper = keeper_of(graph, watches)
            watch = await watched(keeper, WatchKind.QUESTION, "unpaired-areas", {"area": "990101001001"}, [hook.id])
            await apply(graph, ending(f"PAIRED_WITH:unit-a>{GRID}", dt.date(2026, 5, 20)))
            await keeper.evaluate(watch, DAY)
            async with HttpSender(here, 5.0) as sender:
                return await Dispatcher(Outbox(Book(tmp_path), 3), sender).drain()

        assert loaded(work) == 1
        headers, body = there.got[0]
        told = Verifier(secret).verify(body, headers)
        assert told["type"] == "watch.changed" and told["data"]["appeared"][0]["area"]["id"] == GRID
        assert told["data"]["title"]["zh"] and told["data"]["notice"] == watches.notices()[0].id
