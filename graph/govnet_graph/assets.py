"""Where the project's texts and tables lie: inside the package when installed, at the repository's root in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def _folder(name: str, room: str) -> Path:
    for root in (_PACKAGE, _CHECKOUT):
        if (root / name / room).is_dir():
            return root / name
    raise FileNotFoundError(
        f"the folder {name}/ is neither in the package nor in a checkout; the installation is incomplete"
    )


def cypher_folder() -> Path:
    """The folder of questions, shared parts and generated schema statements."""
    return _folder("cypher", "questions")


def seeds_folder() -> Path:
    """The folder of seed tables."""
    return _folder("seeds", "common")
