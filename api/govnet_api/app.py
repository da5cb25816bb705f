"""The application: settings in, a served API out.

``uvicorn --factory govnet_api.app:create_app`` serves it on the engine that the environment names.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from govnet_api import errors, logs
from govnet_api.answers import Services, endpoint
from govnet_api.connection import Connection, GraphProvider, provider_of
from govnet_api.contract import cases as contract_of_cases
from govnet_api.contract import document
from govnet_api.contract import exchange as contract_of_exchange
from govnet_api.contract import jobs as contract_of_jobs
from govnet_api.contract import ledgers as contract_of_ledgers
from govnet_api.contract import lists as contract_of_lists
from govnet_api.contract import meetings as contract_of_meetings
from govnet_api.contract import open311 as contract_of_open311
from govnet_api.contract import plans as contract_of_plans
from govnet_api.contract import reports as contract_of_reports
from govnet_api.cursors import Cursors, secret_in
from govnet_api.fixed import fixed
from govnet_api.jobs import Jobs
from govnet_api.middleware import Envelope, Gate
from govnet_api.operations import PREFIX, Bound, Operation
from govnet_api.routers import (
    browser,
    case_pages,
    cases,
    cypher,
    exports,
    imports,
    lists,
    meetings,
    open311,
    pages,
    plans,
    questions,
    reports,
    resources,
    results,
    system,
    views,
    watches,
    watching,
    webhooks,
    words,
)
from govnet_api.routers import catalogue as catalogue_page
from govnet_api.routers import jobs as jobs_door
from govnet_api.routing import Index, add
from govnet_api.security import Guard
from govnet_api.standing import Standing
from govnet_api.texts import texts
from govnet_graph import __version__
from govnet_graph.keys import KeyStore
from govnet_graph.questions import Question, catalogue
from govnet_graph.settings import Settings

_log = logging.getLogger("govnet.api")


def create_app(
    graph_provider: GraphProvider | None = None,
    settings: Settings | None = None,
    shown: Mapping[str, Question] | None = None,
) -> FastAPI:
    """The application.

    Parameters
    ----------
    graph_provider : callable, optional
        Gives an asynchronous context manager of an open graph; by default that of the engine the settings name.
    settings : Settings, optional
        By default those of the environment.
    shown : mapping of str to Question, optional
        The questions to serve; by default the shipped catalogue.

    Raises
    ------
    BadInput
        It would listen beyond this machine without an API key, or a file in the data directory is damaged.
    """
    settings = settings or Settings()
    logs.configure(settings)
    guard = Guard(KeyStore(settings.home), settings.host)
    guard.require_startable()
    connection = Connection(graph_provider or provider_of(settings), settings)
    services = Services(connection, Cursors(settings.cursor_secret.get_secret_value() or secret_in(settings.home)))
    jobs, standing = Jobs(), Standing(connection, settings)
    found = catalogue() if shown is None else shown

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with connection, jobs, standing:
            # What was made at the start stays; the collector need not look at it in every request.
            gc.collect()
            gc.freeze()
            yield
            gc.unfreeze()
            await free.close()

    app = FastAPI(
        title="govnet", version=__version__, lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None,
        redirect_slashes=False, separate_input_output_schemas=False,
    )  # fmt: skip
    uploads = {imports.ROOT: settings.ledger_bytes + imports.ENVELOPE, results.CHECK: results.LARGEST}
    app.add_middleware(Gate, guard=guard, capacity=settings.pool_size, uploads=uploads)
    app.add_middleware(Envelope)
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _invalid)

    asked = [Bound(Operation(f"/questions/{q.id}", q.id, "questions", q.id), q) for q in found.values()]
    bound = bound_operations(resources.OPERATIONS, found)
    views.register(app, asked, services)
    questions.register(app, asked, services)
    plans.register(app, connection, settings, results.register(app, connection, settings, jobs))
    jobs_door.register(app, jobs)
    # Before the addresses of questions, so that /cases/events is no case of that id.
    cases.register(app, connection)
    lists.register(app, connection)
    meetings.register(app, connection, settings)
    reports.register(app, connection, settings)
    for each in bound.values():
        add(
            app,
            each.path,
            endpoint(each, services),
            name=each.operation.id,
            tag=each.operation.tag,
            spec=document.asking(each),
        )
    system.register(app, connection)
    exports.register(app, connection)
    free = cypher.register(app, connection, settings)
    imports.register(app, connection, settings, jobs)
    case_pages.register(app, connection, guard)
    webhooks.register(app, standing)
    watches.register(app, standing)
    open311.register(app, connection, settings, guard)
    browser.register(app)
    words.register(app)
    catalogue_page.register(app, found, connection)
    watching.register(app, standing, guard)
    pages.register(app, connection, guard, bound, standing)
    add(app, f"{PREFIX}/openapi.json", fixed(lambda: orjson.dumps(app.openapi())), name="openapi")
    app.router.routes.insert(0, Index(app.router.routes))
    everything = [*asked, *bound.values()]
    schemas = {
        **questions.SCHEMAS,
        **views.SCHEMAS,
        **contract_of_ledgers.SCHEMAS,
        **contract_of_cases.SCHEMAS,
        **contract_of_lists.SCHEMAS,
        **contract_of_meetings.SCHEMAS,
        **contract_of_reports.SCHEMAS,
        **contract_of_exchange.SCHEMAS,
        **contract_of_open311.SCHEMAS,
        **contract_of_jobs.SCHEMAS,
        **contract_of_plans.schemas(),
    }
    app.openapi = lambda: document.complete(app, everything, schemas, is_open=guard.is_open)  # type: ignore[method-assign]
    return app


def bound_operations(operations: tuple[Operation, ...], found: Mapping[str, Question]) -> dict[str, Bound]:
    """Operations with their questions, by path; one whose question is missing or does not fit is left out and logged."""
    bound = {}
    for operation in operations:
        question = found.get(operation.question)
        wrong = (
            [f"{operation.path}: there is no question {operation.question}"]
            if question is None
            else operation.misfits(question)
        )
        if question is None or wrong:
            _log.warning("left out: %s", "; ".join(wrong))
        else:
            bound[operation.path] = Bound(operation, question)
    return bound


async def _http_problem(request: Request, error: Exception) -> Response:
    """The framework's own errors, such as an unknown path or method."""
    assert isinstance(error, HTTPException)
    code = errors.of_http(error.status_code)
    said = texts()[f"problem.{code}.meaning"].en
    return errors.response(code, said, request_id=request.scope["govnet.request_id"], headers=error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    """Content that does not follow the description of the interface."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    detail = f"{where}: {first['msg']}."
    return errors.response(
        "invalid-request", detail, request_id=request.scope["govnet.request_id"], parameter=str(first["loc"][-1])
    )
