"""The catalogue as tools, asked by the protocol's own client, as an assistant would: over a started program, and HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from govnet_graph.assistants import tools
from govnet_graph.keys import KeyStore
from govnet_graph.planner import RESULTS
from govnet_graph.questions import catalogue
from govnet_graph.schema import SCHEMA
from govnet_graph.settings import Settings
from govnet_graph.store.engines import registry
from tests.agreement import reload
from tests.conftest import needs
from tests.integration.test_api import on_graph

pytestmark = pytest.mark.embedded
PROGRAM = str(Path(sys.executable).with_name("govnet"))


@pytest.fixture(scope="module")
def home(tmp_path_factory, district) -> Iterator[Path]:
    """A data directory whose embedded engine runs and holds the invented district."""
    needs("embedded")
    chosen = Settings(home=tmp_path_factory.mktemp("assistants"), engine="embedded")
    with registry.connect(chosen):
        on_graph(chosen, lambda graph: reload(graph, district))
        yield chosen.home


async def talk(home: Path, work: Callable[[Client], Awaitable[Any]]) -> Any:
    """Start the program as an assistant does, and talk to it."""
    program = StdioServerParameters(command=PROGRAM, args=["mcp"], env={"GOVNET_HOME": str(home)})
    async with Client(program, read_timeout_seconds=60) as client:
        return await work(client)


async def test_the_tools_are_the_catalogue_and_only_read(home):
    async def work(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == [*catalogue(), *(f"plan-{name}" for name in RESULTS)]
        for tool in listed[: len(catalogue())]:
            asked = catalogue()[tool.name]
            assert asked.text.zh in tool.description and asked.text.en in tool.description
            assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            jsonschema.Draft202012Validator.check_schema(tool.output_schema)
            assert set(tool.input_schema["properties"]) == {p.name for p in asked.parameters}
        assert client.instructions and "unknown" in client.instructions

    await talk(home, work)


async def test_every_question_answers_as_its_tool_says(home):
    async def work(client: Client) -> None:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        for asked in catalogue().values():
            given = {
                name: v if isinstance(v, int | bool | list | None) else str(v)
                for name, v in asked.expected.parameters.items()
            }
            jsonschema.validate(given, listed[asked.id].input_schema)
            result = await client.call_tool(asked.id, given)
            assert not result.is_error, (asked.id, result.content)
            told = result.structured_content
            jsonschema.validate(told, listed[asked.id].output_schema)
            assert json.loads(result.content[0].text) == told
            assert len(told["items"]) == len(asked.expected.rows), asked.id
            assert told["data_version"] >= 1 and told["as_of"] == str(
                asked.expected.parameters.get("as_of", told["as_of"])
            )

    await talk(home, work)


async def test_results_are_tools_that_compute_and_write_nothing(home):
    where = {"area": "990101001", "as_of": "2026-06-01"}

    async def work(client: Client) -> None:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
        versions = set()
        for name, kind in RESULTS.items():
            tool = listed[f"plan-{name}"]
            assert kind.text.zh in tool.description and tool.annotations.read_only_hint
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            given = {**where, **({"gives": "service:meals", "sites": 1} if name == "where-next" else {})}
            jsonschema.validate(given, tool.input_schema)
            result = await client.call_tool(tool.name, given)
            assert not result.is_error, (name, result.content)
            told = result.structured_content
            jsonschema.validate(told, tool.output_schema)
            assert (told["kind"], told["area"], told["as_of"]) == (name, *where.values()) and told["zh"] and told["en"]
            versions.add(told["data_version"])
        assert len(versions) == 1
        for wrong in ({"area": "nowhere"}, {"as_of": "someday"}, {"area": 1}, {"nothing": 1}, {"candidates": "many"}):
            assert (await client.call_tool("plan-repair", wrong)).is_error, wrong

    await talk(home, work)


async def test_names_stay_masked_and_rows_are_few(home, district):
    names = {n.props["name"] for n in district.nodes if n.label == "Member" and n.props.get("name")}
    titles = {n.props.get("title") for n in district.nodes if n.label == "Member"}
    hidden = {name for name in names if name not in titles}
    assert hidden

    async def work(client: Client) -> None:
        result = await client.call_tool("members", {"limit": 200})
        assert result.structured_content["items"] and not any(name in result.content[0].text for name in hidden)
        few = (await client.call_tool("members", {"limit": 2})).structured_content
        assert len(few["items"]) == 2 and few["more"] is True

    await talk(home, work)


async def test_mistakes_are_told_to_the_assistant(home):
    async def work(client: Client) -> None:
        async def error(name: str, **given: Any) -> str:
            result = await client.call_tool(name, given)
            assert result.is_error and result.structured_content is None
            return str(result.content[0].text)

        assert "needs the parameter 'unit'" in await error("unit-members")
        assert "nobody" in await error("unit-members", unit="nobody")
        assert "no parameter 'colour'" in await error("unit-members", unit="unit-d", colour="red")
        assert "is not a day" in await error("unit-members", unit="unit-d", as_of="June")
        assert "more than 200" in await error("unit-members", unit="unit-d", limit=201)
        assert "is not of type Unit" in await error("unit-members", unit={"id": "unit-d"})
        assert "is not of type integer" in await error("unit-members", unit="unit-d", limit=2.5)
        with pytest.raises(MCPError, match="no tool"):
            await client.call_tool("run-cypher", {"statement": "MATCH (n) DETACH DELETE n"})
        # And it still answers.
        assert not (await client.call_tool("unit-members", {"unit": "unit-d"})).is_error

    await talk(home, work)


async def test_the_schema_can_be_read(home):
    async def work(client: Client) -> None:
        listed = (await client.list_resources()).resources
        assert [str(found.uri) for found in listed] == [address for address, *_ in tools.RESOURCES]
        assert (await client.list_resource_templates()).resource_templates == []
        model = json.loads((await client.read_resource("govnet://schema")).contents[0].text)
        assert {node["label"] for node in model["nodes"]} == set(SCHEMA.nodes)
        assert "Grid" in (await client.read_resource("govnet://data-dictionary")).contents[0].text
        with pytest.raises(MCPError, match="no resource"):
            await client.read_resource("govnet://secrets")

    await talk(home, work)


async def test_over_http_a_key_is_needed(home):
    _, key = KeyStore(home).create("assistant")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [PROGRAM, "mcp", "--http", "--port", str(port)]
    address = f"http://127.0.0.1:{port}/mcp"
    with subprocess.Popen(  # noqa: ASYNC220 (nothing else runs meanwhile)
        command, env=os.environ | {"GOVNET_HOME": str(home)}, stderr=subprocess.PIPE, text=True
    ) as served:
        try:
            _wait_for(port)
            for headers in ({}, {"Authorization": "Bearer govnet_00000000_x"}):
                assert httpx2.post(address, json={}, headers=headers).status_code == 401
            good = {"Authorization": f"Bearer {key}"}
            assert httpx2.post(address, json={}, headers={**good, "Host": "evil.example"}).status_code == 421
            async with (
                httpx2.AsyncClient(headers=good) as http,
                Client(streamable_http_client(address, http_client=http)) as client,
            ):
                result = await client.call_tool("unit-members", {"unit": "unit-d", "as_of": "2026-06-01"})
                assert result.structured_content["items"]
        finally:
            served.terminate()
            served.communicate(timeout=30)


def _wait_for(port: int, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "the server does not listen"
        time.sleep(0.1)


def test_without_the_library_it_says_what_to_install(tmp_path):
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "mcp.py").write_text("raise ModuleNotFoundError('No module named mcp', name='mcp')\n")
    code = f"import sys; sys.path.insert(0, {str(blocked)!r}); sys.argv = ['govnet', 'mcp']; from govnet_graph.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"GOVNET_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "govnet: The library mcp is not installed. Install it with: pip install 'govnet[mcp]'."
    ]


def test_http_without_any_key_is_refused(tmp_path):
    done = subprocess.run(
        [PROGRAM, "mcp", "--http"],
        env=os.environ | {"GOVNET_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2 and "needs an API key" in done.stderr
