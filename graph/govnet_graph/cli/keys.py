"""``govnet keys``: API keys of this data directory."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.cli.common import JsonOption, print_json, say, settings_with
from govnet_graph.keys import ApiKey, KeyStore

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)


def _plain(key: ApiKey) -> dict[str, object]:
    return {"id": key.id, "label": key.label, "scopes": sorted(key.scopes), "created": key.created}


@app.command()
def create(
    label: Annotated[str, typer.Argument(help="Who or what will use it.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            help="read (always given), names, write, report, webhooks, or cypher (needs names); repeat for several."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key and show it once."""
    key, text = KeyStore(settings_with().home).create(label, scope or ["read"])
    if as_json:
        print_json({**_plain(key), "key": text})
    else:
        say(f"Key {key.id} for {key.label} with {', '.join(sorted(key.scopes))}. It is shown this once:")
        print(text)


@app.command("list")
def list_keys(as_json: JsonOption = False) -> None:
    """List the keys; their secrets are not kept."""
    keys = KeyStore(settings_with().home).list()
    if as_json:
        print_json([_plain(key) for key in keys])
        return
    table = Table("id", "label", "scopes", "created (UTC)")
    for key in keys:
        table.add_row(key.id, key.label, ", ".join(sorted(key.scopes)), f"{key.created:%Y-%m-%d %H:%M}")
    Console().print(table)


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="Id of the key.")]) -> None:
    """Revoke a key; requests with it are refused at once."""
    key = KeyStore(settings_with().home).revoke(key_id)
    say(f"Key {key.id} for {key.label} is revoked.")
