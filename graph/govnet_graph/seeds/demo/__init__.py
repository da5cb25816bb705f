"""The data set ``demo``: ``article`` and a deterministic synthetic fill that meets every count of the article at once."""

from __future__ import annotations

from pathlib import Path

from govnet_graph.records import Dataset
from govnet_graph.seeds.demo.district import Held, held_by
from govnet_graph.seeds.demo.fill import Batch, generate, stream
from govnet_graph.seeds.demo.profile import Profile, read_profile

NAME = "demo"

__all__ = ["NAME", "Batch", "Held", "Profile", "generate", "held_by", "load_demo", "read_profile", "stream"]


def load_demo(seed_root: Path, *, seed: int = 1, article: Dataset) -> Dataset:
    """The article's records and the fill, validated.

    Parameters
    ----------
    seed_root : Path
        Folder that holds ``demo`` with ``profile.yaml`` and ``names.yaml``.
    seed : int
        Which of the possible districts; the same seed gives the same records.
    article : Dataset
        The data set that is completed; its records are kept as they are.

    Raises
    ------
    RecordError
        The profile or a generated record does not fit.
    """
    profile = read_profile(seed_root / NAME)
    nodes, edges = generate(article.nodes, profile, seed, held_by(article))
    return Dataset(NAME, article.home, (*article.nodes, *nodes), (*article.edges, *edges)).validated()
