"""Webhooks: who is told, and with which secret. The secret is shown once, when the webhook is made."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from govnet_graph.cases.notify.addresses import Networks, place_of
from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.signing import new_secret
from govnet_graph.errors import BadInput, NotFound

MAX_WEBHOOKS = 100
MAX_LABEL = 100
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address that is told. ``created`` is a Unix moment; ``disabled`` says why nothing is sent there any more."""

    id: str
    url: str
    label: str
    author: str
    created: float
    disabled: str | None = None


def label_of(text: str) -> str:
    """A label as it is kept: without what cannot be printed. Raises BadInput where it is too long."""
    shown = "".join(c for c in text if c.isprintable()).strip()
    if len(text) > MAX_LABEL:
        raise BadInput(f"A label has at most {MAX_LABEL} characters.")
    return shown


class Webhooks:
    """The webhooks of one data directory."""

    def __init__(self, book: Book, networks: Networks = (), clock: Clock = time.time) -> None:
        self._book = book
        self._networks = networks
        self._clock = clock

    def add(self, url: str, *, label: str = "", author: str) -> tuple[Webhook, str]:
        """A new webhook and its secret, which is not shown again. Raises AddressRefused or BadInput."""
        place_of(url, self._networks)
        made = Webhook(f"webhook-{secrets.token_hex(4)}", url, label_of(label), author, self._clock())
        secret = new_secret()
        with self._book.changing() as db:
            if db.execute("SELECT count(*) FROM webhook").fetchone()[0] >= MAX_WEBHOOKS:
                raise BadInput(f"There are {MAX_WEBHOOKS} webhooks already.", hint="Remove one that is not used.")
            db.execute(
                "INSERT INTO webhook (id, url, label, secret, author, created) VALUES (?, ?, ?, ?, ?, ?)",
                (made.id, made.url, made.label, secret, made.author, made.created),
            )
        return made, secret

    def list(self) -> list[Webhook]:
        """All webhooks, oldest first."""
        if not self._book.exists:
            return []
        with self._book.reading() as db:
            return [_webhook(row) for row in db.execute("SELECT * FROM webhook ORDER BY created, id")]

    def get(self, webhook_id: str) -> Webhook:
        """One webhook. Raises NotFound."""
        found = next((webhook for webhook in self.list() if webhook.id == webhook_id), None)
        if found is None:
            raise unknown(webhook_id)
        return found

    def remove(self, webhook_id: str) -> Webhook:
        """Forget a webhook, and what was still to be sent to it. Raises NotFound."""
        found = self.get(webhook_id)
        with self._book.changing() as db:
            db.execute("DELETE FROM webhook WHERE id = ?", (webhook_id,))
        return found


def unknown(webhook_id: str) -> NotFound:
    """The error that there is no such webhook."""
    return NotFound(f"There is no webhook {webhook_id[:40]!r}.", hint="`govnet webhook list` shows which there are.")


def _webhook(row: sqlite3.Row) -> Webhook:
    return Webhook(row["id"], row["url"], row["label"], row["author"], row["created"], row["disabled"])
