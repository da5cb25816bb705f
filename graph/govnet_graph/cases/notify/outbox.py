"""What is to be sent: a message for several webhooks is one delivery each, tried again until it arrives or is given up.

A delivery is ``waiting`` until it was taken (``delivered``) or given up (``dead``); a dead one stays and can be replayed.
"""

from __future__ import annotations

import random
import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.webhooks import Clock, unknown
from govnet_graph.errors import BadInput, NotFound

FIRST_DELAY, FACTOR, LONGEST_DELAY = 10.0, 4.0, 43_200.0
JITTER = 0.2
LEASE_SECONDS = 120.0
_KEPT_DAYS = 30
_LARGEST_BODY = 100_000
TEST = "webhook.test"


class DeliveryConflict(BadInput):
    """A delivery has not ended, or nobody would take it any more."""

    code = "delivery-state"


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one webhook. Moments are Unix seconds; ``status`` is the answer to the last attempt, if there was one."""

    id: int
    message: str
    type: str
    webhook: str
    state: DeliveryState
    attempts: int
    due: float
    created: float
    tried: float | None
    status: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery with all that an attempt needs."""

    delivery: int
    message: str
    url: str
    secret: str
    body: bytes
    attempts: int

    def __repr__(self) -> str:
        # It may stand in a traceback, which goes to the log.
        return f"Parcel(delivery={self.delivery}, message={self.message!r})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to. ``gone`` says that the receiver wants no more (410); ``wait`` is what it asked for, in seconds."""

    taken: bool
    status: int | None = None
    error: str | None = None
    gone: bool = False
    wait: float | None = None


def delay_after(attempts: int, wait: float | None = None, dice: random.Random | None = None) -> float:
    """Seconds until the next attempt: exponential from ten seconds to half a day, spread by a fifth either way.

    ``wait`` is what the receiver asked for; it lengthens the pause and never shortens it.

    >>> class Middle(random.Random):
    ...     def random(self): return 0.5
    >>> [delay_after(n, dice=Middle()) for n in (1, 2, 3, 20)]
    [10.0, 40.0, 160.0, 43200.0]
    """
    steady = min(FIRST_DELAY * FACTOR ** min(attempts - 1, 20), LONGEST_DELAY)
    spread = steady * (1 + JITTER * (2 * (dice or random.SystemRandom()).random() - 1))
    return max(spread, min(wait or 0.0, LONGEST_DELAY))


def put(db: sqlite3.Connection, type_: str, data: Mapping[str, Any], webhooks: Iterable[str], now: float) -> str:
    """Add a message and its deliveries inside the caller's transaction, so that it leaves if and only if that is kept.

    Webhooks that are gone or disabled are passed over. Returns the id of the message.
    """
    message = f"msg_{secrets.token_hex(12)}"
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    body = orjson.dumps({"type": type_, "timestamp": moment, "data": data}, default=str)
    if len(body) > _LARGEST_BODY:
        raise BadInput(f"A message of {len(body)} bytes is too large for a webhook.")
    db.execute(
        "INSERT INTO message (id, type, created, body) VALUES (?, ?, ?, ?)", (message, type_, now, body.decode())
    )
    db.executemany(
        "INSERT INTO delivery (message, webhook, state, due) SELECT ?, id, 'waiting', ? FROM webhook "
        "WHERE id = ? AND disabled IS NULL",
        [(message, now, webhook) for webhook in dict.fromkeys(webhooks)],
    )
    return message


_DELIVERIES = """SELECT d.id, d.message, m.type, d.webhook, d.state, d.attempts, d.due, m.created, d.tried, d.status, d.error
FROM delivery d JOIN message m ON m.id = d.message"""


class Outbox:
    """The deliveries of one data directory."""

    def __init__(self, book: Book, attempts: int, clock: Clock = time.time) -> None:
        self._book = book
        self._attempts = attempts
        self._clock = clock

    def test(self, webhook_id: str) -> int:
        """Queue a test for one webhook; the id of its delivery. Raises NotFound."""
        with self._book.changing() as db:
            if db.execute("SELECT 1 FROM webhook WHERE id = ?", (webhook_id,)).fetchone() is None:
                raise unknown(webhook_id)
            message = put(db, TEST, {"webhook": webhook_id}, [], self._clock())
            added = db.execute(
                "INSERT INTO delivery (message, webhook, state, due) VALUES (?, ?, 'waiting', ?)",
                (message, webhook_id, self._clock()),
            )
            return int(added.lastrowid or 0)

    def due(self) -> dict[str, list[int]]:
        """Ids of the deliveries whose time has come, by webhook, each longest due first."""
        if not self._book.exists:
            return {}
        found: dict[str, list[int]] = {}
        with self._book.reading() as db:
            for row in db.execute(
                "SELECT webhook, id FROM delivery WHERE state = 'waiting' AND due <= :now AND leased <= :now ORDER BY due, id LIMIT 1000",
                {"now": self._clock()},
            ):
                found.setdefault(row["webhook"], []).append(row["id"])
        return found

    def take(self, delivery: int) -> Parcel | None:
        """Take one delivery in hand for an attempt; None where somebody else has, or where nothing is to do any more.

        Whoever has it in hand and dies loses it again after two minutes.
        """
        now = self._clock()
        with self._book.changing() as db:
            taken = db.execute(
                "UPDATE delivery SET leased = ? WHERE id = ? AND state = 'waiting' AND due <= ? AND leased <= ?",
                (now + LEASE_SECONDS, delivery, now, now),
            )
            if not taken.rowcount:
                return None
            row = db.execute(
                "SELECT d.id, d.message, w.url, w.secret, m.body, d.attempts FROM delivery d JOIN message m ON m.id = d.message "
                "JOIN webhook w ON w.id = d.webhook WHERE d.id = ?",
                (delivery,),
            ).fetchone()
        return Parcel(row["id"], row["message"], row["url"], row["secret"], row["body"].encode(), row["attempts"])

    def settle(self, parcel: Parcel, outcome: Outcome) -> None:
        """Note what an attempt came to, and when the next is due. A test is tried once."""
        now, attempts = self._clock(), parcel.attempts + 1
        with self._book.changing() as db:
            row = db.execute(
                "SELECT d.webhook, m.type FROM delivery d JOIN message m ON m.id = d.message WHERE d.id = ?",
                (parcel.delivery,),
            ).fetchone()
            if row is None:  # the webhook was removed meanwhile
                return
            last = attempts >= self._attempts or outcome.gone or row["type"] == TEST
            state = DeliveryState.DELIVERED if outcome.taken else DeliveryState.DEAD if last else DeliveryState.WAITING
            due = now if state is not DeliveryState.WAITING else now + delay_after(attempts, outcome.wait)
            db.execute(
                "UPDATE delivery SET state = ?, attempts = ?, due = ?, leased = 0, status = ?, error = ?, tried = ? WHERE id = ?",
                (state.value, attempts, due, outcome.status, outcome.error, now, parcel.delivery),
            )
            if outcome.gone:
                self._disable(db, row["webhook"])

    def _disable(self, db: sqlite3.Connection, webhook: str) -> None:
        """Send nothing more to a receiver that said it is gone; what waits for it is given up."""
        db.execute("UPDATE webhook SET disabled = ? WHERE id = ?", ("The receiver answered 410 Gone.", webhook))
        db.execute(
            "UPDATE delivery SET state = 'dead', error = 'The webhook is disabled.' WHERE webhook = ? AND state = 'waiting'",
            (webhook,),
        )

    def list(
        self,
        *,
        webhook: str | None = None,
        state: DeliveryState | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[Delivery]:
        """Deliveries, newest first; ``before`` is the id that the list of the page before ended with."""
        if not self._book.exists:
            return []
        text = (
            f"{_DELIVERIES} WHERE (:webhook IS NULL OR d.webhook = :webhook) AND (:state IS NULL OR d.state = :state) "
            "AND (:before IS NULL OR d.id < :before) ORDER BY d.id DESC LIMIT :limit"
        )
        given = {"webhook": webhook, "state": state and state.value, "before": before, "limit": limit}
        with self._book.reading() as db:
            return [_delivery(row) for row in db.execute(text, given)]

    def get(self, delivery: int) -> Delivery:
        """One delivery. Raises NotFound."""
        if self._book.exists:
            with self._book.reading() as db:
                row = db.execute(f"{_DELIVERIES} WHERE d.id = ?", (delivery,)).fetchone()
            if row is not None:
                return _delivery(row)
        raise NotFound(
            f"There is no delivery {delivery}.", hint="`govnet webhook deliveries` lists those of the last 30 days."
        )

    def replay(self, delivery: int) -> Delivery:
        """Send a delivery that was given up (or taken) once more, from its first attempt, under the same message id.

        Raises NotFound, and DeliveryConflict where it still waits or its webhook is disabled.
        """
        found = self.get(delivery)
        if found.state is DeliveryState.WAITING:
            raise DeliveryConflict(
                f"Delivery {delivery} is still being tried.", hint="Only what ended can be replayed."
            )
        with self._book.changing() as db:
            disabled = db.execute("SELECT disabled FROM webhook WHERE id = ?", (found.webhook,)).fetchone()
            if disabled is not None and disabled["disabled"]:
                raise DeliveryConflict(
                    f"Webhook {found.webhook} is disabled: {disabled['disabled']}", hint="Add it again."
                )
            db.execute(
                "UPDATE delivery SET state = 'waiting', attempts = 0, due = ?, leased = 0 WHERE id = ? AND state <> 'waiting'",
                (self._clock(), delivery),
            )
        return self.get(delivery)

    def counts(self) -> dict[str, int]:
        """How many deliveries there are in each state."""
        counted = dict.fromkeys(map(str, DeliveryState), 0)
        if self._book.exists:
            with self._book.reading() as db:
                counted |= dict(map(tuple, db.execute("SELECT state, count(*) FROM delivery GROUP BY state")))
        return counted

    def sweep(self) -> None:
        """Forget what ended more than thirty days ago."""
        if not self._book.exists:
            return
        old = self._clock() - _KEPT_DAYS * 86_400
        with self._book.changing() as db:
            db.execute("DELETE FROM delivery WHERE state <> 'waiting' AND coalesce(tried, due) < ?", (old,))
            db.execute("DELETE FROM message WHERE created < ? AND id NOT IN (SELECT message FROM delivery)", (old,))


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        row["id"], row["message"], row["type"], row["webhook"], DeliveryState(row["state"]), row["attempts"], row["due"],
        row["created"], row["tried"], row["status"], row["error"],
    )  # fmt: skip
