"""Ledgers in: upload, look, decide, apply as a job, take back. Everything that writes names its author."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api.bodies import read_object, read_upload
from govnet_api.connection import Connection
from govnet_api.contract import ledgers as spec
from govnet_api.errors import Problem
from govnet_api.fixed import fixed
from govnet_api.guarded import KEPT, Access, Work, answered, guarded, repeated
from govnet_api.jobs import Job, Jobs
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import Caller
from govnet_graph.changes import PlanInfo, Summary, plans
from govnet_graph.changes.drafts import Draft
from govnet_graph.changes.imports import Imports
from govnet_graph.changes.options import Options
from govnet_graph.changes.previews import text_json
from govnet_graph.errors import GovnetError, NotFound
from govnet_graph.ledgers.kinds import KINDS, kind_of
from govnet_graph.ledgers.templates import template
from govnet_graph.settings import Settings

ROOT = f"{PREFIX}/imports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a body may measure beyond the file in it.
ENVELOPE = 65_536


def register(app: FastAPI, connection: Connection, settings: Settings, jobs: Jobs) -> None:
    """Adds the addresses under ``/api/v1/imports`` and ``/api/v1/ledgers``."""
    door = _Door(connection, settings, jobs)
    routes: tuple[tuple[str, str, str, Work, bool], ...] = (
        ("GET", "", "list_imports", door.listed, False),
        ("POST", "", "upload_ledger", door.upload, True),
        ("GET", "/{draft}", "get_import", door.shown, True),
        ("DELETE", "/{draft}", "delete_import", door.removed, True),
        ("POST", "/{draft}/preview", "preview_import", door.preview, True),
        ("POST", "/{draft}/apply", "apply_import", door.applied, True),
        ("GET", "/{draft}/quarantine", "get_quarantine", door.quarantine, True),
        ("DELETE", "/decisions/{key}", "forget_decision", door.forgotten, True),
    )
    for method, path, name, work, writes in routes:
        add(
            app,
            ROOT + path,
            guarded(work, Access.WRITE if writes else Access.READ),
            name=name,
            tag="ledgers",
            spec=spec.of(name),
            methods=(method,),
        )
    add(
        app, f"{PREFIX}/ledgers", fixed(lambda: orjson.dumps({"items": _kinds()})), name="list_ledger_kinds", tag="ledgers",
        spec=spec.of("list_ledger_kinds"),
    )  # fmt: skip
    add(
        app, f"{PREFIX}/ledgers/{{kind}}/template", guarded(_template, Access.READ), name="get_ledger_template", tag="ledgers",
        spec=spec.of("get_ledger_template"),
    )  # fmt: skip


def _xlsx(content: bytes, name: str) -> Response:
    return Response(content, 200, {**KEPT, "content-disposition": f'attachment; filename="{name}"'}, XLSX)


def _kinds() -> list[dict[str, Any]]:
    return [
        {
            "id": kind.id,
            "text": text_json(kind.text),
            "columns": [
                {"key": c.key, "text": text_json(c.text), "required": c.required, "kept": c.kept} for c in kind.columns
            ],
            "template": f"{PREFIX}/ledgers/{kind.id}/template",
        }
        for kind in KINDS.values()
    ]


async def _template(request: Request) -> Response:
    kind = kind_of(str(request.path_params["kind"])[:60])
    return _xlsx(await asyncio.to_thread(template, kind.id), f"{kind.id}.xlsx")


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft as the API tells of it."""
    return {
        "id": draft.id,
        "name": draft.name,
        "size": draft.size,
        "sha256": draft.sha256,
        "author": draft.author,
        "created": draft.created.isoformat(),
    }


def plan_json(plan: PlanInfo) -> dict[str, Any]:
    """An import that the graph knows of."""
    return {
        "plan": plan.id,
        "name": plan.name,
        "state": plan.state,
        "author": plan.author,
        "recorded_at": plan.recorded_at.isoformat() + "Z",
        "data_version": plan.data_version,
    }


def summary_json(summary: Summary) -> dict[str, Any]:
    """What an import or its undoing did."""
    names = ("created", "changed", "ended", "withdrawn", "unchanged", "confirmed", "conflicts", "data_version")
    told = {name: getattr(summary, name) for name in names}
    return {
        "plan": summary.plan or None,
        "state": summary.state,
        **told,
        "resumed": summary.resumed,
        "already": summary.already,
    }


class _Door:
    def __init__(self, connection: Connection, settings: Settings, jobs: Jobs) -> None:
        self._connection = connection
        self._settings = settings
        self._jobs = jobs
        self._imports = Imports(settings)

    def _draft(self, request: Request) -> Draft:
        return self._imports.drafts.get(str(request.path_params["draft"])[:60])

    async def listed(self, _: Request) -> Response:
        """What was imported, newest first."""
        found = await plans(await self._connection.graph(), "import")
        return answered({"items": [plan_json(plan) for plan in found[:200]]})

    async def upload(self, request: Request) -> Response:
        """Keep a file and say what its tables seem to be."""
        name, content = await read_upload(request, self._settings.ledger_bytes + ENVELOPE)
        draft = await asyncio.to_thread(self._imports.drafts.put, content, name, request.scope["govnet.author"])
        try:
            told = await self._told(draft, Options())
        except GovnetError:
            # What cannot be read is not kept.
            self._imports.drafts.remove(draft.id)
            raise
        return answered(told, 201, location=f"{ROOT}/{draft.id}")

    async def _told(self, draft: Draft, options: Options) -> dict[str, Any]:
        found = await asyncio.to_thread(self._imports.inspect, draft, options)
        tables = [
            {"name": t.name, "sheet": t.sheet, "kind": t.kind or None, "score": t.score, "learned": t.learned,
             "columns": [dict(column) for column in t.columns], "missing": list(t.missing), "rows": t.rows}
            for t in found.shown()
        ]  # fmt: skip
        notices = [text_json(text) for text in found.notices]
        standard = found.document.standard if found.document is not None else None
        told = {"tables": tables, "cells": found.account.as_json(), "notices": notices, "standard": standard}
        return {**draft_json(draft), **told}

    async def shown(self, request: Request) -> Response:
        """A draft with what its tables are taken for."""
        draft = self._draft(request)
        note = draft.note()
        told = await self._told(draft, Options.read(note.get("options") or {}))
        return answered(
            {**told, "options": note.get("options"), "plan": note.get("plan"), "begun": bool(note.get("begun"))}
        )

    async def removed(self, request: Request) -> Response:
        """Forget a draft; what was imported of it stays."""
        self._imports.drafts.remove(self._draft(request).id)
        return Response(None, 204, KEPT)

    async def preview(self, request: Request) -> Response:
        """What importing the draft with these options would do."""
        draft, options = self._draft(request), Options.read(await read_object(request))
        caller: Caller = request.scope["govnet.caller"]
        shown = await self._imports.preview(
            await self._connection.graph(), draft, options, request.scope["govnet.author"]
        )
        return answered(shown.as_json(names=caller.names))

    async def applied(self, request: Request) -> Response:
        """Queue the import; the job tells how far it is."""
        draft, raw = self._draft(request), await read_object(request)
        version = raw.pop("data_version", None)
        if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
            raise Problem("invalid-request", "data_version: is not an integer.", parameter="data_version")
        options, author = Options.read(raw), request.scope["govnet.author"]

        async def work(job: Job) -> dict[str, Any]:
            done = await self._imports.apply(
                await self._connection.graph(), draft, options, author=author, expected_version=version,
                progress=job.advance, cancelled=lambda: job.stop,
            )  # fmt: skip
            clean = done.preview.clean if done.preview is not None else None
            return {**summary_json(done.summary), "clean": clean}

        said = hashlib.sha256(orjson.dumps([draft.id, options.as_json()], option=orjson.OPT_SORT_KEYS)).hexdigest()
        return self._queued(request, "import", said, work)

    def _queued(
        self, request: Request, kind: str, key: str, work: Callable[[Job], Awaitable[dict[str, Any]]]
    ) -> Response:
        job = self._jobs.submit(kind, key, request.scope["govnet.author"], work, repeated=repeated(request))
        return answered(job.as_json(), 202, location=f"{PREFIX}/jobs/{job.id}")

    async def quarantine(self, request: Request) -> Response:
        """The rows that could not be imported, as the last preview or import left them."""
        draft = self._draft(request)
        try:
            content = await asyncio.to_thread(draft.file("quarantine.xlsx").read_bytes)
        except FileNotFoundError:
            raise NotFound("No row of this ledger is quarantined.", hint="Preview it first.") from None
        return _xlsx(content, f"quarantine-{draft.id[:8]}.xlsx")

    async def forgotten(self, request: Request) -> Response:
        """Take a remembered decision back."""
        self._imports.decisions.forget([str(request.path_params["key"])[:60]])
        return Response(None, 204, KEPT)
