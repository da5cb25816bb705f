"""``govnet webhook``: who is told when something happened, what was sent, and sending it again."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cases.notify.addresses import networks_of
from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.outbox import Delivery, DeliveryState, Outbox
from govnet_graph.cases.notify.sending import Dispatcher, HttpSender
from govnet_graph.cases.notify.webhooks import Webhook, Webhooks
from govnet_graph.cases.watches.feeds import moment
from govnet_graph.cli.common import JsonOption, print_json, say, settings_with
from govnet_graph.errors import FoundProblems
from govnet_graph.settings import Settings

app = typer.Typer(
    help="Tell other programs: add, list, test and remove webhooks; see and replay deliveries.", no_args_is_help=True
)
_AUTHOR = "local"


class State(StrEnum):
    """What a delivery may be."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


def webhooks_of(settings: Settings) -> Webhooks:
    """The webhooks of the data directory."""
    return Webhooks(Book(settings.home), networks_of(settings.webhook_networks))


def outbox_of(settings: Settings) -> Outbox:
    """What is to be sent from the data directory."""
    return Outbox(Book(settings.home), settings.webhook_attempts)


def send_due(settings: Settings, only: int | None = None) -> int:
    """Try everything that is due once, or one delivery; how many were taken."""

    async def run() -> int:
        async with HttpSender(networks_of(settings.webhook_networks), settings.webhook_timeout) as sender:
            dispatcher = Dispatcher(outbox_of(settings), sender)
            if only is None:
                return await dispatcher.drain()
            outcome = await dispatcher.attempt(only)
            return int(outcome is not None and outcome.taken)

    return asyncio.run(run())


def _plain(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id, "url": webhook.url, "label": webhook.label, "author": webhook.author,
        "created": moment(webhook.created), "disabled": webhook.disabled,
    }  # fmt: skip


def _of_delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id, "message": delivery.message, "type": delivery.type, "webhook": delivery.webhook,
        "state": delivery.state.value, "attempts": delivery.attempts, "created": moment(delivery.created),
        "due": moment(delivery.due) if delivery.state is DeliveryState.WAITING else None,
        "status": delivery.status, "error": delivery.error,
    }  # fmt: skip


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address that takes the messages, https:// or http://.")],
    label: Annotated[str, typer.Option(help="What you call it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Add a webhook and show its secret once; `govnet watch add … --webhook ID` says what it is told."""
    made, secret = webhooks_of(settings_with()).add(url, label=label, author=_AUTHOR)
    if as_json:
        print_json({**_plain(made), "secret": secret})
    else:
        say(f"Webhook {made.id}. Its secret, to verify signatures with (Standard Webhooks), is shown this once:")
        print(secret)


@app.command("list")
def list_webhooks(as_json: JsonOption = False) -> None:
    """List the webhooks; their secrets are not shown."""
    settings = settings_with()
    found = webhooks_of(settings).list()
    if as_json:
        print_json([_plain(webhook) for webhook in found])
        return
    table = Table("id", "label", "url", "created (UTC)", "disabled")
    for webhook in found:
        table.add_row(webhook.id, webhook.label, webhook.url, moment(webhook.created), webhook.disabled or "")
    Console().print(table)
    counts = outbox_of(settings).counts()
    say(", ".join(f"{n} {state}" for state, n in counts.items()))


@app.command("test")
def send_test(webhook: Annotated[str, typer.Argument(help="Id of the webhook.")], as_json: JsonOption = False) -> None:
    """Send a test now; exit code 1 where it was not taken."""
    settings = settings_with()
    delivery = outbox_of(settings).test(webhook)
    send_due(settings, delivery)
    found = outbox_of(settings).get(delivery)
    if as_json:
        print_json(_of_delivery(found))
    if found.state is not DeliveryState.DELIVERED:
        raise FoundProblems(f"{webhook} did not take the test: {found.error}")
    if not as_json:
        say(f"{webhook} took the test with status {found.status}.")


@app.command()
def remove(webhook: Annotated[str, typer.Argument(help="Id of the webhook.")]) -> None:
    """Forget a webhook, and what was still to be sent to it."""
    found = webhooks_of(settings_with()).remove(webhook)
    say(f"{found.id} is removed.")


@app.command()
def deliveries(
    webhook: Annotated[str | None, typer.Option(help="Only those of this webhook.")] = None,
    state: Annotated[State | None, typer.Option(help="Only those in this state; dead ones were given up.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most deliveries to show.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List deliveries, newest first."""
    wanted = DeliveryState(state.value) if state is not None else None
    found = outbox_of(settings_with()).list(webhook=webhook, state=wanted, limit=limit)
    if as_json:
        print_json([_of_delivery(delivery) for delivery in found])
        return
    table = Table("id", "webhook", "type", "state", "attempts", "created (UTC)", "status", "error")
    for d in found:
        status = str(d.status or "")
        table.add_row(
            str(d.id), d.webhook, d.type, d.state.value, str(d.attempts), moment(d.created), status, d.error or ""
        )
    Console().print(table)


@app.command()
def replay(
    delivery: Annotated[int, typer.Argument(help="Id of a delivery that was given up, or taken.")],
    as_json: JsonOption = False,
) -> None:
    """Send a delivery once more, now; if it fails it is tried again as at first."""
    settings = settings_with()
    outbox_of(settings).replay(delivery)
    send_due(settings, delivery)
    found = outbox_of(settings).get(delivery)
    if as_json:
        print_json(_of_delivery(found))
    else:
        say(f"Delivery {delivery} is {found.state.value}. {found.error or ''}".strip())
