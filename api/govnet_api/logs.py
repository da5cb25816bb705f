"""Where the API's own log lines go: to standard error, and the record of reads of names to a file of its own."""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from pathlib import Path

from govnet_graph.settings import Settings

AUDIT_FILE = "audit.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Private(logging.FileHandler):
    """A log file that only its owner may read."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding="utf-8")


def configure(settings: Settings) -> None:
    """Set levels and handlers once; handlers that somebody else has set are left alone."""
    level = settings.log_level.upper()
    root = logging.getLogger("govnet")
    root.setLevel(level if level in logging.getLevelNamesMapping() else logging.INFO)
    if not root.handlers and not logging.getLogger().handlers:
        shown = logging.StreamHandler(sys.stderr)
        shown.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(shown)
        root.propagate = False
    _audit_to(settings.home / AUDIT_FILE)


def _audit_to(path: Path) -> None:
    """Names that were read are recorded whatever the log level."""
    audit = logging.getLogger("govnet.audit")
    audit.setLevel(logging.INFO)
    for handler in [h for h in audit.handlers if isinstance(h, _Private)]:
        if Path(handler.baseFilename) == path:
            return
        audit.removeHandler(handler)
        handler.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = _Private(path, delay=True)
    kept.setFormatter(logging.Formatter(_FORMAT))
    audit.addHandler(kept)
