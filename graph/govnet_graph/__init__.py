"""The district's graph: schema, seeds, questions, engines, coverage and the command line.

For notebooks and scripts there is one door, ``connect``. Importing this package loads nothing else until it is used.

>>> import govnet_graph
>>> with govnet_graph.connect() as district:
...     for row in district.ask("member-units", member="member-07", as_of="2026-06-01"):
...         print(row["unit"]["name"], row["hops"])
乙银行 2
甲区法院 3
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from govnet_graph.notebooks.district import District

__version__ = "0.1.0"
__all__ = ["__version__", "connect"]


def connect(
    engine: str | None = None, *, home: str | Path | None = None, names: bool = False, **settings: Any
) -> District:
    """Open the graph for questions from Python; works in a script, at a prompt and in a notebook.

    An engine that runs for the data directory is used; else one is started, and stopped by ``close``.

    Parameters
    ----------
    engine : str, optional
        ``embedded``, ``neo4j`` or an address such as ``bolt://host:7687``; by default what the environment says
        (``GOVNET_ENGINE``), else the embedded engine.
    home : str or Path, optional
        Data directory; by default ``GOVNET_HOME``, else ``~/.govnet``.
    names : bool
        Whether answers show the names of members; otherwise their role titles stand in place. Reading names is
        reading personal data.
    **settings
        Any other setting that ``govnet doctor`` lists, such as ``query_timeout=60``.

    Returns
    -------
    District

    Raises
    ------
    BadInput, EngineUnreachable

    Examples
    --------
    >>> district = connect()
    >>> district.ask.units(limit=2)[0]["unit"]["name"]
    '甲区法院'
    >>> district.close()
    """
    from govnet_graph.notebooks.district import District

    return District(engine, home=home, names=names, **settings)
