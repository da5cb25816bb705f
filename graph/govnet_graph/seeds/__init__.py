"""The data sets that can be loaded by name."""

from __future__ import annotations

from govnet_graph.assets import seeds_folder
from govnet_graph.errors import BadInput
from govnet_graph.records import Dataset
from govnet_graph.seeds.article import load_article
from govnet_graph.seeds.demo import load_demo

DATASETS = ("article", "demo")


def dataset(name: str) -> Dataset:
    """A data set by name: ``article`` (real areas and what the article says) or ``demo`` (that and a synthetic fill)."""
    folder = seeds_folder()
    match name:
        case "article":
            return load_article(folder)
        case "demo":
            return load_demo(folder, article=load_article(folder))
    raise BadInput(f"There is no data set {name!r}.", hint=f"There are: {', '.join(DATASETS)}.")
