"""Speaks the Model Context Protocol: the only module that imports its library, which is an optional extra."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from govnet_graph import __version__
from govnet_graph.assistants import results, tools
from govnet_graph.errors import GovnetError
from govnet_graph.keys import KeyStore
from govnet_graph.planner import RESULTS
from govnet_graph.questions import catalogue
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
_REFUSAL = b"An API key is needed: Authorization: Bearer KEY. `govnet keys create` makes one.\n"


def build(graph: Graph) -> Server[Any]:
    """The server of one open graph: a read-only tool for each question and each kind of result, and the schema to read.

    Names stay masked.
    """
    listed = types.ListToolsResult(
        tools=[
            types.Tool(
                name=question.id,
                title=f"{question.text.zh} {question.text.en}",
                description=tools.describe(question),
                input_schema=tools.takes(question),
                output_schema=tools.gives(question),
                annotations=types.ToolAnnotations(
                    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
                ),
            )
            for question in catalogue().values()
        ]
        + [
            types.Tool(
                name=results.PREFIX + kind.name,
                title=f"{kind.text.zh} {kind.text.en}",
                description=results.describe(kind),
                input_schema=results.takes(kind),
                output_schema=results.gives(),
                annotations=types.ToolAnnotations(
                    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
                ),
            )
            for kind in RESULTS.values()
        ]
    )
    resources = types.ListResourcesResult(
        resources=[
            types.Resource(uri=address, name=name, description=text, mime_type=media)
            for address, name, text, media in tools.RESOURCES
        ]
    )

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return listed

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        question, kind = catalogue().get(params.name), results.kind_of(params.name)
        try:
            if question is not None:
                told = tools.result(await ask(graph, question, tools.checked(question, params.arguments or {})))
            elif kind is not None:
                told = await results.compute(graph, kind, params.arguments or {})
            else:
                raise MCPError(types.INVALID_PARAMS, f"There is no tool {params.name[:100]!r}.")
        except GovnetError as error:
            return types.CallToolResult(content=[_text(str(error))], is_error=True)
        return types.CallToolResult(content=[_text(json.dumps(told, ensure_ascii=False))], structured_content=told)

    async def list_resources(_: Any, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return resources

    async def list_templates(_: Any, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        # Clients ask whoever has resources; there are none whose address has parts to fill in.
        return types.ListResourceTemplatesResult(resource_templates=[])

    async def read_resource(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        found = tools.resource(str(params.uri))
        if found is None:
            raise MCPError(types.INVALID_PARAMS, f"There is no resource {str(params.uri)[:100]!r}.")
        text, media = found
        return types.ReadResourceResult(
            contents=[types.TextResourceContents(uri=str(params.uri), mime_type=media, text=text)]
        )

    return Server(
        "govnet",
        version=__version__,
        title="govnet 基层治理图谱",
        instructions=tools.INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)


async def over_stdio(graph: Graph) -> None:
    """Serve the program that started this one, over standard input and output, until it closes them."""
    server = build(graph)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def over_http(graph: Graph, keys: KeyStore) -> App:
    """The application that serves ``/mcp`` over streamable HTTP on this machine alone, to holders of a key."""
    return _WithKey(build(graph).streamable_http_app(stateless_http=True, host="127.0.0.1"), keys)


class _WithKey:
    """Lets requests pass that carry an API key of this data directory."""

    def __init__(self, app: App, keys: KeyStore) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not await self._known(dict(scope["headers"])):
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"www-authenticate", b'Bearer realm="govnet"')]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": _REFUSAL})
            return
        await self._app(scope, receive, send)

    async def _known(self, headers: dict[bytes, bytes]) -> bool:
        kind, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if kind.lower() != "bearer" or not key.strip():
            return False
        try:
            known = self._keys.recall(key.strip()) or await asyncio.to_thread(self._keys.check, key.strip())
        except GovnetError:
            return False
        return known is not None
