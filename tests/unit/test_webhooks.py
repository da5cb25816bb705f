"""Webhooks: signed as the specification's own library reads them, retried, given up, replayed; where they may not go."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import random
import socket
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from govnet_graph.cases.notify import addresses
from govnet_graph.cases.notify.addresses import AddressRefused, networks_of, place_of, resolve
from govnet_graph.cases.notify.book import Book, NoticesUnusable
from govnet_graph.cases.notify.outbox import (
    FACTOR,
    FIRST_DELAY,
    JITTER,
    LONGEST_DELAY,
    DeliveryState,
    Outbox,
    Outcome,
    delay_after,
    put,
)
from govnet_graph.cases.notify.sending import Dispatcher, HttpSender
from govnet_graph.cases.notify.signing import headers, new_secret
from govnet_graph.cases.notify.webhooks import MAX_WEBHOOKS, Webhooks
from govnet_graph.errors import BadInput, NotFound
from tests.receivers import receiver

HERE = networks_of("127.0.0.1/32")


class Clock:
    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


@pytest.fixture
def outbox(book, clock):
    return Outbox(book, 3, clock)


def add(book: Book, url: str, clock: Clock | None = None):
    return Webhooks(book, HERE, clock or Clock()).add(url, author="test")


def queue(book: Book, *webhooks: str, now: float, **data: object) -> str:
    with book.changing() as db:
        return put(db, "watch.changed", data, webhooks, now)


def drain(outbox: Outbox, networks=HERE, timeout: float = 5.0) -> int:
    async def run() -> int:
        async with HttpSender(networks, timeout) as sender:
            return await Dispatcher(outbox, sender).drain()

    return asyncio.run(run())


@given(st.binary(max_size=200), st.integers(0, 2**33))
def test_the_signature_is_the_one_of_the_specification(body, moment):
    secret = new_secret()
    text = body.hex().encode()
    mine = headers(secret, "msg_1", moment, text)["webhook-signature"]
    theirs = Verifier(secret).sign("msg_1", dt.datetime.fromtimestamp(moment, dt.UTC), text.decode())
    assert mine == theirs


def test_what_arrives_verifies_and_says_what_happened(book, outbox, clock):
    with receiver() as there:
        clock.now = time.time()
        made, secret = add(book, f"{there.url}/hook?a=1")
        message = queue(book, made.id, now=clock.now, 问题="爱民社区")
        assert drain(outbox) == 1
        (got, body) = there.got[0]
        told = Verifier(secret).verify(body, got)
        assert told["type"] == "watch.changed" and told["data"] == {"问题": "爱民社区"}
        assert got["webhook-id"] == message and got["content-type"] == "application/json"
        assert got["host"] == there.url.removeprefix("http://")
        with pytest.raises(WebhookVerificationError):
            Verifier(new_secret()).verify(body, got)
        with pytest.raises(WebhookVerificationError):
            Verifier(secret).verify(body + b" ", got)
    assert outbox.get(1).state is DeliveryState.DELIVERED
    assert drain(outbox) == 0


def test_a_failure_is_tried_again_later_under_the_same_id_until_it_is_given_up(book, outbox, clock):
    with receiver() as there:
        made, _ = add(book, there.url)
        queue(book, made.id, now=clock.now)
        there.answers = [(500, {}), (302, {"location": f"{there.url}/elsewhere"}), (404, {})]
        moments = []
        for attempt in (1, 2, 3):
            assert drain(outbox) == 0
            found = outbox.get(1)
            assert found.attempts == attempt
            moments.append(found.due - clock.now)
            assert drain(outbox) == 0 and len(there.got) == attempt  # not before its time
            clock.now = found.due
        assert (found.state, found.status) == (DeliveryState.DEAD, 404)
        assert there.connections == 0  # the redirect was not followed
        assert 8 <= moments[0] <= 12 and 32 <= moments[1] <= 48
        assert len({got["webhook-id"] for got, _ in there.got}) == 1
        assert len({got["webhook-timestamp"] for got, _ in there.got}) >= 1
        clock.now += 1e6
        assert drain(outbox) == 0

        there.answers = [(200, {})]
        again = outbox.replay(1)
        assert (again.state, again.attempts) == (DeliveryState.WAITING, 0)
        with pytest.raises(BadInput):
            outbox.replay(1)
        assert drain(outbox) == 1
        assert outbox.get(1).state is DeliveryState.DELIVERED
        with pytest.raises(NotFound):
            outbox.replay(77)


def test_a_receiver_may_ask_for_more_time_and_never_for_less(book, outbox, clock):
    with receiver() as there:
        made, _ = add(book, there.url)
        queue(book, made.id, now=clock.now)
        there.answers = [(503, {"retry-after": "3600"}), (503, {"retry-after": "0"})]
        drain(outbox)
        assert outbox.get(1).due == clock.now + 3600
        clock.now += 3600
        drain(outbox)
        assert outbox.get(1).due >= clock.now + FIRST_DELAY * FACTOR * (1 - JITTER)


def test_a_receiver_that_is_gone_is_told_nothing_more(book, outbox, clock):
    with receiver() as there:
        made, _ = add(book, there.url)
        for _ in range(3):
            queue(book, made.id, now=clock.now)
        there.answers = [(410, {})]
        drain(outbox)
        assert len(there.got) == 1
        assert outbox.counts() == {"waiting": 0, "delivered": 0, "dead": 3}
        assert "410" in (Webhooks(book).get(made.id).disabled or "")
        queue(book, made.id, now=clock.now)
        assert sum(outbox.counts().values()) == 3
        with pytest.raises(BadInput, match="disabled"):
            outbox.replay(1)


def test_one_that_never_answers_delays_no_other(book, outbox, clock):
    with receiver() as mute, receiver() as quick:
        mute.silent.set()
        slow, _ = add(book, mute.url)
        fast, _ = add(book, quick.url)
        for _ in range(2):
            queue(book, slow.id, fast.id, now=clock.now)

        async def run() -> None:
            async with HttpSender(HERE, 30.0) as sender, Dispatcher(outbox, sender) as dispatcher:
                while outbox.counts()["delivered"] < 2:
                    dispatcher.hurry()
                    await asyncio.sleep(0.02)
                assert len(mute.got) == 1  # one attempt at a time, and it still waits for its answer

        asyncio.run(asyncio.wait_for(run(), 20))
        assert {d.webhook for d in outbox.list(state=DeliveryState.DELIVERED)} == {fast.id}
        # Whoever had it in hand is gone; after the lease somebody else takes it up.
        assert drain(outbox, timeout=1) == 0 and len(mute.got) == 2
        clock.now += 121
        drain(outbox, timeout=1)
        assert len(mute.got) == 4 and {d.error for d in outbox.list(webhook=slow.id)} == {"No answer within 1 seconds."}


def test_what_waits_survives_and_two_processes_send_it_once(book, clock, tmp_path):
    with receiver() as there:
        made, _ = add(book, there.url)
        for _ in range(5):
            queue(book, made.id, now=clock.now)
        again = [Outbox(Book(tmp_path), 3, clock) for _ in range(2)]

        async def both() -> list[int]:
            async with HttpSender(HERE, 5.0) as sender:
                return await asyncio.gather(*(Dispatcher(held, sender).drain() for held in again))

        assert sum(asyncio.run(both())) == 5
        assert len(there.got) == 5 == len({got["webhook-id"] for got, _ in there.got})


def test_a_message_is_kept_with_what_it_tells_of_or_not_at_all(book, outbox, clock):
    made, _ = add(book, "https://example.org")

    def break_off() -> None:
        with book.changing() as db:
            put(db, "watch.changed", {}, [made.id], clock.now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert outbox.due() == {} and outbox.list() == []
    with pytest.raises(BadInput, match="too large"):
        queue(book, made.id, now=clock.now, much="x" * 200_000)


def test_removing_a_webhook_removes_what_waits_for_it(book, outbox, clock):
    made, _ = add(book, "https://example.org")
    queue(book, made.id, now=clock.now)
    Webhooks(book).remove(made.id)
    assert outbox.list() == []
    with pytest.raises(NotFound):
        Webhooks(book).remove(made.id)
    with pytest.raises(NotFound):
        outbox.test(made.id)


def test_a_test_is_tried_once(book, outbox):
    with receiver() as there:
        there.answers = [(500, {})]
        made, _ = add(book, there.url)
        delivery = outbox.test(made.id)
        drain(outbox)
        assert outbox.get(delivery).state is DeliveryState.DEAD
        assert json.loads(there.got[0][1])["type"] == "webhook.test"


def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(book, outbox, clock):
    made, _ = add(book, "https://example.org")
    queue(book, made.id, now=clock.now)
    queue(book, made.id, now=clock.now)
    outbox.settle(outbox.take(1), Outcome(True, 200))
    clock.now += 31 * 86_400
    outbox.sweep()
    assert [d.id for d in outbox.list()] == [2]


@given(st.integers(1, 30), st.integers(0, 2**32), st.none() | st.floats(0, 1e6))
def test_pauses_grow_within_their_bounds(attempts, seed, wait):
    pause = delay_after(attempts, wait, random.Random(seed))
    steady = min(FIRST_DELAY * FACTOR ** (attempts - 1), LONGEST_DELAY)
    low = max(steady * (1 - JITTER), min(wait or 0, LONGEST_DELAY))
    assert low <= pause <= max(steady * (1 + JITTER), LONGEST_DELAY if wait else 0)


def test_the_file_is_its_owners_alone(book, tmp_path):
    add(book, "https://example.org")
    for path in tmp_path.glob("notices.sqlite3*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    os.chmod(book.path, 0o640)
    with pytest.raises(NoticesUnusable, match="read by others"):
        Webhooks(book).list()


def test_a_damaged_or_newer_file_is_refused_and_left_alone(book, tmp_path):
    add(book, "https://example.org")
    connection = sqlite3.connect(book.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NoticesUnusable, match="version 99"):
        Webhooks(book).list()
    other = Book(tmp_path / "other")
    other.path.parent.mkdir()
    other.path.write_bytes(b"this is no database, but it is long enough to be read as one" * 20)
    other.path.chmod(0o600)
    with pytest.raises(NoticesUnusable, match="damaged"):
        Webhooks(other).list()
    assert other.path.read_bytes().startswith(b"this is no database")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org", "file:///etc/passwd", "gopher://example.org", "javascript:alert(1)", "", "example.org", "//example.org",
        "http://", "http:///x", "https://user@example.org", "https://user:secret@example.org", "http://example.org:0", "http://example.org:99999",
        "http://localhost", "http://a.localhost", "http://127.0.0.1", "http://127.1", "http://[::1]", "http://0.0.0.0", "http://10.0.0.8",
        "http://192.168.1.1", "http://169.254.169.254/latest/meta-data", "http://172.16.3.4", "http://100.64.0.1", "http://[fd00::1]",
        "http://[fe80::1%25eth0]", "http://[::ffff:127.0.0.1]", "http://[2002:7f00:1::]", "http://[64:ff9b::7f00:1]", "http://224.0.0.1",
        "http://2130706433", "http://0x7f000001", "http://exa mple.org", "http://example.org/\nx", "http://例子.cn", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_where_no_webhook_goes(url, book):
    try:
        place = place_of(url)
    except AddressRefused:
        with pytest.raises(AddressRefused):
            Webhooks(book).add(url, author="test")
        return
    # Numbers that only a resolver takes for an address are found out when it is called.
    with pytest.raises((AddressRefused, OSError)), ThreadPoolExecutor(1) as pool:
        asyncio.run(resolve(place, (), pool))


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://example.org:8080/a?b=c", "https://93.184.216.34/", "https://[2606:4700::1]/x"],
)
def test_where_a_webhook_may_go(url):
    assert place_of(url).authority in url


def test_a_setting_opens_networks():
    assert place_of("http://127.0.0.1:9/x", HERE).port == 9
    with pytest.raises(AddressRefused):
        place_of("http://127.0.0.2", HERE)
    with pytest.raises(BadInput, match="GOVNET_WEBHOOK_NETWORKS"):
        networks_of("everywhere")


def test_a_name_that_resolves_to_a_private_address_is_not_called(book, outbox, clock, monkeypatch):
    """A name may have been public when the webhook was added; what counts is what it resolves to when it is called."""
    with receiver() as there:
        port = int(there.url.rpartition(":")[2])
        made, _ = add(book, f"http://rebound.example:{port}/hook")
        queue(book, made.id, now=clock.now)
        rows = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: rows)
        assert drain(outbox, networks=()) == 0
        assert there.got == []
        assert "private network" in (outbox.get(1).error or "")


def test_the_call_goes_to_the_address_that_was_looked_at(book, outbox, clock, monkeypatch):
    """The name is resolved once; the connection is made to that address, with the name in the Host header."""
    with receiver() as there:
        port = int(there.url.rpartition(":")[2])
        made, _ = add(book, f"http://hooks.example:{port}/in")
        queue(book, made.id, now=clock.now)
        asked = []

        def once(host, *_, **__):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(addresses.socket, "getaddrinfo", once)
        assert drain(outbox) == 1
        assert asked[0] == "hooks.example" and asked.count("hooks.example") == 1
        assert there.got[0][0]["host"] == f"hooks.example:{port}"


def test_there_is_an_end_to_how_many_there_may_be(book):
    hooks = Webhooks(book)
    with book.changing() as db:
        db.executemany(
            "INSERT INTO webhook (id, url, label, secret, author, created) VALUES (?, '', '', '', '', 0)",
            [(str(n),) for n in range(MAX_WEBHOOKS)],
        )
    with pytest.raises(BadInput, match="already"):
        hooks.add("https://example.org", author="test")


def test_no_secret_shows_where_a_parcel_is_printed(book, outbox, clock):
    made, secret = add(book, "https://example.org")
    queue(book, made.id, now=clock.now)
    parcel = outbox.take(1)
    assert parcel.secret == secret and secret not in repr(parcel)
    assert outbox.take(1) is None
