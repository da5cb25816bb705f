"""Standing questions and notices in the file beside the graph. A notice and what is sent of it are kept together or not at all."""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.outbox import put
from govnet_graph.cases.notify.webhooks import Clock, label_of, unknown
from govnet_graph.cases.watches.model import Draft, Held, Notice, NoticeKind, Watch, WatchKind
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.schema import Text

MAX_WATCHES = 500
_KEPT_NOTICES = 1000


class Watches:
    """The standing questions of one data directory, and what they told."""

    def __init__(self, book: Book, clock: Clock = time.time) -> None:
        self._book = book
        self._clock = clock

    def add(
        self,
        kind: WatchKind,
        question: str,
        parameters: Mapping[str, str],
        *,
        label: str = "",
        webhooks: Iterable[str] = (),
        author: str,
        first: Held | None = None,
    ) -> Watch:
        """A new standing question. ``first`` is its present answer, which later ones are compared with. Raises NotFound, BadInput."""
        watch = f"watch-{secrets.token_hex(4)}"
        named = list(dict.fromkeys(webhooks))
        with self._book.changing() as db:
            if db.execute("SELECT count(*) FROM watch").fetchone()[0] >= MAX_WATCHES:
                raise BadInput(f"There are {MAX_WATCHES} standing questions already.", hint="Remove one.")
            for webhook in named:
                if db.execute("SELECT 1 FROM webhook WHERE id = ?", (webhook,)).fetchone() is None:
                    raise unknown(webhook)
            db.execute(
                "INSERT INTO watch (id, kind, label, question, parameters, webhooks, author, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (watch, kind.value, label_of(label), question, _dump(parameters), _dump(named), author, self._clock()),
            )
            if first is not None:
                self._hold(db, watch, first)
        return self.get(watch)

    def list(self) -> list[Watch]:
        """All standing questions, oldest first."""
        if not self._book.exists:
            return []
        with self._book.reading() as db:
            return [_watch(row) for row in db.execute("SELECT * FROM watch ORDER BY created, id")]

    def get(self, watch_id: str) -> Watch:
        """One standing question. Raises NotFound."""
        if self._book.exists:
            with self._book.reading() as db:
                row = db.execute("SELECT * FROM watch WHERE id = ?", (watch_id,)).fetchone()
            if row is not None:
                return _watch(row)
        raise NotFound(f"There is no watch {watch_id[:40]!r}.", hint="`govnet watch list` shows which there are.")

    def remove(self, watch_id: str) -> Watch:
        """Ask it no more. What it told stays among the notices. Raises NotFound."""
        found = self.get(watch_id)
        with self._book.changing() as db:
            db.execute("DELETE FROM watch WHERE id = ?", (watch_id,))
        return found

    def held(self, watch_id: str) -> Held:
        """What it held after its last answer. Raises NotFound."""
        with self._book.reading() as db:
            row = db.execute("SELECT turn, version, day, held, problem FROM watch WHERE id = ?", (watch_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no watch {watch_id[:40]!r}.")
        content = orjson.loads(zlib.decompress(row["held"])) if row["held"] is not None else None
        return Held(row["turn"], row["version"], _day(row["day"]), content, row["problem"])

    def advance(self, watch: Watch, turn: int, now_held: Held, drafts: Sequence[Draft] = ()) -> Sequence[Notice] | None:
        """Keep a new answer with what is told of it, and queue that for the watch's webhooks: all of it or nothing.

        None where somebody else answered since ``turn`` or the watch is gone; then nothing is kept and nothing told.
        """
        now = self._clock()
        told: list[Notice] = []
        with self._book.changing() as db:
            row = db.execute("SELECT turn, webhooks FROM watch WHERE id = ?", (watch.id,)).fetchone()
            if row is None or row["turn"] != turn:
                return None
            self._hold(db, watch.id, now_held)
            told += [self._tell(db, watch, draft, orjson.loads(row["webhooks"]), now) for draft in drafts]
            if told:
                db.execute(
                    "DELETE FROM notice WHERE watch = :watch AND number <= (SELECT number FROM notice WHERE watch = :watch "
                    "ORDER BY number DESC LIMIT 1 OFFSET :kept)",
                    {"watch": watch.id, "kept": _KEPT_NOTICES},
                )
        return told

    def _hold(self, db: sqlite3.Connection, watch: str, held: Held) -> None:
        packed = zlib.compress(orjson.dumps(held.content)) if held.content is not None else None
        day = held.day.isoformat() if held.day is not None else None
        db.execute(
            "UPDATE watch SET turn = turn + 1, version = ?, day = ?, held = coalesce(?, held), problem = ?, evaluated = ? WHERE id = ?",
            (held.version, day, packed, held.problem, self._clock(), watch),
        )

    def _tell(self, db: sqlite3.Connection, watch: Watch, draft: Draft, webhooks: Sequence[str], now: float) -> Notice:
        notice = f"notice-{secrets.token_hex(8)}"
        title = {"zh": draft.title.zh, "en": draft.title.en}
        about = {"notice": notice, "watch": watch.id, "label": watch.label, "kind": draft.kind.value, "title": title}
        body = {**about, "type": draft.type, "data": dict(draft.data)}
        added = db.execute(
            "INSERT INTO notice (id, watch, created, body) VALUES (?, ?, ?, ?)", (notice, watch.id, now, _dump(body))
        )
        if webhooks:
            put(db, draft.type, {**about, **draft.data}, webhooks, now)
        return Notice(int(added.lastrowid or 0), notice, watch.id, draft.kind, draft.type, draft.title, now, draft.data)

    def notices(
        self, *, watch: str | None = None, before: int | None = None, after: int | None = None, limit: int = 50
    ) -> Sequence[Notice]:
        """What was told, newest first. ``before`` and ``after`` are numbers of notices."""
        if not self._book.exists:
            return []
        with self._book.reading() as db:
            rows = db.execute(
                "SELECT * FROM notice WHERE (:watch IS NULL OR watch = :watch) AND (:before IS NULL OR number < :before) "
                "AND (:after IS NULL OR number > :after) ORDER BY number DESC LIMIT :limit",
                {"watch": watch, "before": before, "after": after, "limit": limit},
            )
            return [_notice(row) for row in rows]


def _dump(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _watch(row: sqlite3.Row) -> Watch:
    return Watch(
        row["id"], WatchKind(row["kind"]), row["label"], row["question"], orjson.loads(row["parameters"]),
        tuple(orjson.loads(row["webhooks"])), row["author"], row["created"], row["version"], _day(row["day"]), row["evaluated"],
        row["problem"],
    )  # fmt: skip


def _notice(row: sqlite3.Row) -> Notice:
    body = orjson.loads(row["body"])
    title = Text(body["title"]["zh"], body["title"]["en"])
    return Notice(
        row["number"],
        row["id"],
        row["watch"],
        NoticeKind(body["kind"]),
        body["type"],
        title,
        row["created"],
        body["data"],
    )
