"""The data sets that can be loaded by name."""

from __future__ import annotations

from pathlib import Path

from govnet_graph.assets import seeds_folder
from govnet_graph.errors import BadInput
from govnet_graph.records import Dataset
from govnet_graph.seeds.article import load_article
from govnet_graph.seeds.demo import load_demo

DATASETS = ("article", "demo")


def dataset(name: str, folder: Path | None = None) -> Dataset:
    """A data set by name: ``article`` (real areas and what the article says) or ``demo`` (that and a synthetic fill).

    ``folder`` holds the tables; the shipped ones unless given. Raises BadInput, RecordError.
    """
    folder = folder or seeds_folder()
    if not (folder / "common").is_dir():
        raise BadInput(
            f"{folder} is not a folder of seed tables.", hint="Copy the shipped seeds/ folder and edit the copy."
        )
    match name:
        case "article":
            return load_article(folder)
        case "demo":
            return load_demo(folder, article=load_article(folder))
    raise BadInput(f"There is no data set {name!r}.", hint=f"There are: {', '.join(DATASETS)}.")
