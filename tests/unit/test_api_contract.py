"""The OpenAPI document: complete, true to the questions, and with examples that fit their own schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from starlette.routing import Match

from govnet_api.app import bound_operations, create_app
from govnet_api.contract import shapes
from govnet_api.errors import STATUS
from govnet_api.operations import PREFIX, Operation
from govnet_api.routers.resources import OPERATIONS
from govnet_api.routing import Direct, Index
from govnet_graph.keys import KeyStore
from govnet_graph.questions import Question, catalogue, parse, views
from tests.served import settings_in

DOORS = (
    "agenda",
    "cases",
    "case-machine",
    "cypher",
    "export",
    "imports",
    "jobs",
    "ledgers",
    "lessons",
    "needs",
    "notices",
    "plans",
    "projects",
    "report",
    "watches",
    "webhooks",
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> dict[str, Any]:
    return create_app(None, settings_in(tmp_path_factory.mktemp("home"))).openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def answers(operation: dict[str, Any], media: str) -> list[dict[str, Any]]:
    """What an operation gives in a media type when all goes well."""
    found = (r.get("content", {}).get(media) for code, r in operation["responses"].items() if code.startswith("2"))
    return [answer for answer in found if answer is not None]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def faults(document: dict[str, Any], schema: dict[str, Any], instance: object) -> list[str]:
    whole = {"$schema": DIALECT, "components": document["components"], **schema}
    return [str(error) for error in jsonschema_rs.validator_for(whole, validate_formats=True).iter_errors(instance)]


def test_each_address_has_its_question_and_fits_it():
    found = catalogue()
    assert [o.path for o in OPERATIONS if o.question not in found] == []
    assert [wrong for o in OPERATIONS for wrong in o.misfits(found[o.question])] == []
    assert len({o.path for o in OPERATIONS}) == len({o.id for o in OPERATIONS}) == len(OPERATIONS)


def test_each_question_and_each_address_is_described(document):
    expected = {f"{PREFIX}/questions", f"{PREFIX}/health", f"{PREFIX}/ready", f"{PREFIX}/schema", f"{PREFIX}/words"}
    for question in catalogue().values():
        expected |= {f"{PREFIX}/questions/{question.id}", f"{PREFIX}/questions/{question.id}/definition"}
    expected |= {f"{PREFIX}/questions/{name}/view" for name in views()}
    expected |= {PREFIX + o.path for o in OPERATIONS}
    # Doors that are no question: what writes, runs as a job, or leaves as a file.
    doors = {path for path in document["paths"] if re.match(f"{PREFIX}/({'|'.join(DOORS)})(/|$)", path)}
    standard = {path for path in document["paths"] if path.startswith("/open311/v2/")}
    assert len(standard) == 2 * 6
    assert set(document["paths"]) == expected | doors | standard
    assert {path.removeprefix(f"{PREFIX}/").split("/")[0] for path in doors} == set(DOORS)


def test_the_index_finds_the_route_that_the_framework_would(tmp_path):
    app = create_app(None, settings_in(tmp_path))
    index, *routes = app.router.routes
    assert isinstance(index, Index)
    tried = 0
    for route in routes:
        if isinstance(route, Direct) and "GET" in route.methods:
            tried += 1
            scope = {"type": "http", "method": "GET", "path": re.sub(r"{\w+}", "some-id", route.path)}
            first = next(r for r in routes if r.matches(dict(scope))[0] is Match.FULL)
            assert index.matches(dict(scope))[1]["route"] is first
            posted = {**scope, "method": "POST"}
            taking = next((r for r in routes if r.matches(dict(posted))[0] is Match.FULL), None)
            assert index.matches(posted)[1].get("route") is taking
            assert index.matches({**scope, "path": scope["path"] + "/x/y"})[0] is Match.NONE
    assert tried > 100


def test_each_operation_is_complete(document):
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(ids)) == len(ids) and all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in ids)
    tags = {tag["name"] for tag in document["tags"]}
    for path, operation in operations(document):
        assert operation["summary"] and set(operation["tags"]) <= tags, path
        assert {"400", "413", "414", "431", "500"} <= set(operation["responses"]), path
        told = {code: response for code, response in operation["responses"].items() if code.startswith("2")}
        assert told, path
        # Only what takes a body can be told that the body does not fit.
        assert ("requestBody" in operation) >= ("422" in operation["responses"]), path
        assert all(media["schema"] for code in told for media in told[code].get("content", {}).values()), path
        assert all(told[code].get("content") for code in told if code != "204"), path
        for parameter in operation.get("parameters", []):
            assert parameter["description"] and parameter["schema"], (path, parameter["name"])


def test_every_placeholder_and_needed_parameter_has_an_example(document):
    for path, operation in operations(document):
        parameters = operation.get("parameters", [])
        assert {p["name"] for p in parameters if p["in"] == "path"} == set(re.findall(r"{(\w+)}", path)), path
        lacking = [p["name"] for p in parameters if p["required"] and "example" not in p]
        assert lacking == [], path


def test_references_lead_somewhere_and_nothing_is_left_over(document):
    used = {node["$ref"] for node in nodes(document) if "$ref" in node}
    there = {
        f"#/components/{kind}/{name}" for kind in ("schemas", "responses") for name in document["components"][kind]
    }
    assert used - there == set()
    assert {name for name in there - used if not re.search(r"/Problem\d+$", name)} == set()


def test_examples_fit_their_schemas(document):
    wrong = []
    for path, operation in operations(document):
        for parameter in operation.get("parameters", []):
            if "example" in parameter:
                wrong += [
                    (path, parameter["name"], f) for f in faults(document, parameter["schema"], parameter["example"])
                ]
        for answer in answers(operation, "application/json"):
            if "example" in answer:
                wrong += [(path, f) for f in faults(document, answer["schema"], answer["example"])]
    for response in document["components"]["responses"].values():
        told = response["content"]["application/problem+json"]
        wrong += [
            f for example in told["examples"].values() for f in faults(document, told["schema"], example["value"])
        ]
    assert wrong == []


def test_lists_and_things_of_every_question_have_an_example(document):
    bare = [
        path
        for path, operation in operations(document)
        if answers(operation, "text/csv") and not answers(operation, "application/json")[0].get("example")
    ]
    assert bare == []


def test_every_problem_is_described_once(document):
    codes = [
        code
        for r in document["components"]["responses"].values()
        for code in r["content"]["application/problem+json"]["examples"]
    ]
    assert sorted(codes) == sorted(STATUS)


def test_a_key_may_be_left_out_only_where_the_server_is_open(document, tmp_path):
    assert document["security"] == [{}, {"bearer": []}, {"apiKey": []}]
    KeyStore(tmp_path).create("one")
    away = create_app(None, settings_in(tmp_path, host="0.0.0.0")).openapi()
    assert away["security"] == [{"bearer": []}, {"apiKey": []}]
    assert {path for path, o in operations(away) if o.get("security") == []} == {f"{PREFIX}/health", f"{PREFIX}/ready"}


def _with(parameters: str, column: str = "{name: n, type: integer, zh: 数, en: Number}") -> Question:
    return parse(
        "one",
        f"/*\nquestion: {{zh: 问, en: Ask}}\narea: unit\nparameters:\n{parameters}\ncolumns:\n  - {column}\n"
        "grain: {zh: 一行, en: one row}\nexpected: {parameters: {}, rows: []}\n*/\nRETURN 1 AS n SKIP $skip LIMIT $limit",
    )


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        ("{type: integer, minimum: 1, maximum: 4, zh: 数, en: n}", [1, 4], [0, 5, "1", None]),
        (
            "{type: date, default: null, zh: 日, en: d}",
            ["2026-06-01"],
            ["0026-06-01", "2026-6-1", "2300-01-01", "2026-02-30"],
        ),
        ("{type: string, values: [a, b], zh: 甲, en: a}", ["a"], ["c", ""]),
        ("{type: string, zh: 文, en: t}", ["爱民", "x" * 200], ["", "x" * 201, "a\x00"]),
        ("{type: boolean, zh: 真, en: b}", [True], ["yes", 1]),
        ("{type: strings, zh: 列, en: l}", [["a"], ["a", "b"]], [[], ["a,b"], [""], "a"]),
        ("{type: Unit, zh: 单, en: u}", ["unit-1", "210902003013"], ["", "-x", "a b", "x" * 201]),
        ("{type: datetime, zh: 时, en: m}", ["2026-06-01T00:00:00Z"], ["2026-06-01", "now"]),
    ],
)
def test_the_schema_of_a_parameter_says_what_it_takes(document, declared, good, bad):
    parameter = _with(f"  x: {declared}").parameter("x")
    assert parameter is not None
    schema = shapes.parameter(parameter)
    assert [value for value in good if faults(document, schema, value)] == []
    assert [value for value in bad if not faults(document, schema, value)] == []


def test_a_state_has_the_values_that_the_question_lists(document):
    column = "{name: verdict, type: state, zh: 判, en: v}"
    own = _with("  verdict: {type: string, default: null, values: [supported, untestable], zh: 判, en: v}", column)
    usual = _with("  x: {type: string, default: null, zh: 文, en: t}", column)
    assert faults(document, shapes.column(own, own.columns[0]), "supported") == []
    assert faults(document, shapes.column(own, own.columns[0]), "covered") != []
    assert faults(document, shapes.column(usual, usual.columns[0]), "covered") == []
    assert faults(document, shapes.column(usual, usual.columns[0]), None) == []


@pytest.mark.parametrize(
    "operation",
    [
        Operation("/a", "a", "units", "nothing"),
        Operation("/a/{id}", "a", "units", "one"),
        Operation("/a/{id}", "a", "units", "one", {"id": "y"}),
        Operation("/a", "a", "units", "one", fixed={"y": "1"}),
    ],
)
def test_an_address_that_does_not_fit_is_left_out_and_said(operation, caplog):
    found = {"one": _with("  x: {type: string, default: null, zh: 文, en: t}")}
    assert bound_operations((operation,), found) == {}
    assert "left out: /a" in caplog.text
    assert list(bound_operations((Operation("/a/{x}", "a", "units", "one"),), found)) == ["/a/{x}"]
