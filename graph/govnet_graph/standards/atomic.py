"""Files and folders that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from govnet_graph.errors import BadInput


class ExportExists(BadInput):
    """There is something at the place where the export should go."""

    code = "export-exists"


class ExportImpossible(BadInput):
    """Nothing can be written at the place where the export should go."""

    code = "export-impossible"


def _require_free(path: Path, *, force: bool) -> None:
    if not path.parent.is_dir():
        raise ExportImpossible(
            f"There is no folder {str(path.parent)!r}.", hint="Make it first, or name another place."
        )
    if path.exists() and not force:
        raise ExportExists(f"{str(path)!r} exists already.", hint="Add --force to replace it, or name another place.")


@contextmanager
def new_file(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file that gets its name when it is whole; what was there is replaced then, if ``force``.

    Raises
    ------
    ExportExists, ExportImpossible
    """
    _require_free(path, force=force)
    if path.is_dir():
        raise ExportExists(f"{str(path)!r} is a folder.", hint="Name a file.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ExportImpossible(f"Nothing can be written in {str(path.parent)!r}: {error.strerror}.") from error
    staged = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        staged.chmod(0o666 & ~mask)
        staged.replace(path)
    except OSError as error:
        raise ExportImpossible(f"The export cannot be written: {error.strerror or error}.") from error
    finally:
        staged.unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder that gets its name when all its files are whole; a folder that was there is replaced then, if ``force``.

    Raises
    ------
    ExportExists, ExportImpossible
    """
    _require_free(path, force=force)
    if path.exists() and not (path.is_dir() and (path / "about.json").is_file()):
        # Only what an earlier export wrote is ever replaced as a folder.
        raise ExportExists(f"{str(path)!r} is not an earlier export.", hint="Name a folder that is not there yet.")
    try:
        staged = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise ExportImpossible(f"Nothing can be written in {str(path.parent)!r}: {error.strerror}.") from error
    try:
        (staged / "new").mkdir()
        yield staged / "new"
        if path.exists():
            path.rename(staged / "old")
        (staged / "new").rename(path)
    except OSError as error:
        raise ExportImpossible(f"The export cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
