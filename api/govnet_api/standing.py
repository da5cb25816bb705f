"""What a server does beside answering: it asks standing questions when the data moves, and delivers to webhooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Self

from govnet_api.connection import Connection
from govnet_graph.cases.notify.addresses import networks_of
from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.outbox import Outbox
from govnet_graph.cases.notify.sending import Dispatcher, HttpSender
from govnet_graph.cases.notify.webhooks import Webhooks
from govnet_graph.cases.watches.cases import follower
from govnet_graph.cases.watches.keeper import Keeper, Watchman
from govnet_graph.cases.watches.rest import Rest
from govnet_graph.cases.watches.store import Watches
from govnet_graph.questions import Question
from govnet_graph.settings import Settings
from govnet_graph.store.reader import Answer


class Standing:
    """Webhooks, standing questions and their workers. Use as an asynchronous context manager while the server runs."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        book, networks = Book(settings.home), networks_of(settings.webhook_networks)
        self.connection = connection
        self.webhooks = Webhooks(book, networks)
        self.outbox = Outbox(book, settings.webhook_attempts)
        self.watches = Watches(book)
        self.keeper = Keeper(self.watches, self._ask, follower(connection.graph))
        self._sender = HttpSender(networks, settings.webhook_timeout)
        self.dispatcher = Dispatcher(self.outbox, self._sender)
        rest = Rest(connection.graph, connection.state)
        self.watchman = Watchman(self.keeper, rest, settings.watch_seconds, self.dispatcher.hurry)
        self._held = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for worker in (self._sender, self.dispatcher, self.watchman):
            await self._held.enter_async_context(worker)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._held.aclose()

    async def _ask(self, asked: Question, given: Mapping[str, object], *, day: dt.date) -> Answer:
        """Names are never shown to a standing question: it speaks to whoever holds the webhook or the feed."""
        return await self.connection.ask(asked, given, names=False, day=day)
