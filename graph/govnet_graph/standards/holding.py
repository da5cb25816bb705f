"""What the writers of W3C ORG, Popolo and HSDS share: they hold what they carry until the last record is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from govnet_graph.records import Node
from govnet_graph.standards.model import About


class Holding:
    """Keeps the nodes that a standard carries, because its objects name what they belong to before that is read."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._about: About | None = None
        self._nodes: dict[str, Node] = {}

    def begin(self, about: About) -> None:
        """Keeps what the export says of itself."""
        self._about = about

    def nodes(self, _label: str, page: Sequence[Node]) -> None:
        """Keeps nodes."""
        self._nodes |= {node.id: node for node in page}

    def _told(self) -> About:
        assert self._about is not None
        return self._about
