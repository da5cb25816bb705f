"""Uploaded ledgers that wait to be imported: kept in the data directory by their content, forgotten after a while."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnet_graph.errors import NotFound
from govnet_graph.ledgers.who.files import locked, read_json, write_bytes, write_json
from govnet_graph.settings import Settings

_ID = re.compile(r"[0-9a-f]{24}")
_LONGEST_NAME = 200


class NoDraft(NotFound):
    """There is no such draft, or its time has passed."""

    code = "no-draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """One uploaded file. ``id`` is the beginning of the hash of its bytes; ``created`` is in UTC."""

    id: str
    name: str
    sha256: str
    size: int
    author: str
    created: dt.datetime
    folder: Path

    def content(self) -> bytes:
        """The bytes as they were uploaded."""
        return (self.folder / "content").read_bytes()

    def note(self) -> dict[str, Any]:
        """What is kept about it besides the file: the options last used and what was begun with it."""
        return read_json(self.folder / "note.json")

    def keep(self, **changes: Any) -> None:
        """Keep more about it; None takes an entry away."""
        path = self.folder / "note.json"
        with locked(path):
            held = {key: value for key, value in {**read_json(path), **changes}.items() if value is not None}
            write_json(path, held)

    def file(self, name: str) -> Path:
        """A file that was made from it."""
        return self.folder / name


class Drafts:
    """All drafts of one data directory."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.home / "ledgers" / "drafts"
        self._seconds = settings.draft_hours * 3600

    def put(self, content: bytes, name: str, author: str) -> Draft:
        """Keep a file. The same bytes are one draft, however often they come."""
        self.sweep()
        sha256 = hashlib.sha256(content).hexdigest()
        folder = self._root / sha256[:24]
        if not (folder / "draft.json").exists():
            shown = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable())[-_LONGEST_NAME:]
            write_bytes(folder / "content", content)
            created = dt.datetime.now(dt.UTC).replace(microsecond=0)
            about = {"name": shown or "ledger", "sha256": sha256, "size": len(content), "author": author}
            # Written last, so that a draft of which only a part was kept is none.
            write_json(folder / "draft.json", {**about, "created": created.isoformat()})
        return self.get(sha256[:24])

    def get(self, draft_id: str) -> Draft:
        """One draft. Raises NoDraft."""
        about = read_json(self._root / draft_id / "draft.json") if _ID.fullmatch(draft_id) else {}
        if not about:
            raise NoDraft(
                f"There is no uploaded ledger {draft_id[:40]!r}, or it has waited too long.", hint="Upload it again."
            )
        created = dt.datetime.fromisoformat(about["created"])
        folder = self._root / draft_id
        return Draft(draft_id, about["name"], about["sha256"], about["size"], about["author"], created, folder)

    def list(self) -> list[Draft]:
        """All drafts, newest first."""
        found = [self.get(path.name) for path in self._root.glob("*") if (path / "draft.json").exists()]
        return sorted(found, key=lambda draft: (draft.created, draft.id), reverse=True)

    def remove(self, draft_id: str) -> None:
        """Forget one draft and what was made from it. Raises NoDraft."""
        shutil.rmtree(self.get(draft_id).folder)

    def sweep(self) -> int:
        """Forget drafts whose time has passed, unless an import was begun with them; how many there were."""
        old = time.time() - self._seconds
        gone = 0
        for path in self._root.glob("*"):
            about, note = path / "draft.json", path / "note.json"
            touched = max((p.stat().st_mtime for p in (path, about, note) if p.exists()), default=0.0)
            if touched < old and not read_json(note).get("begun"):
                shutil.rmtree(path, ignore_errors=True)
                gone += 1
        return gone
