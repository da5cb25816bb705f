"""Cells to values of the schema's types; each result says whether it is exact or read by a rule of thumb, or why it failed."""

from govnet_graph.ledgers.values.column import Normaliser, normalise
from govnet_graph.ledgers.values.result import Normal, Unreadable

__all__ = ["Normal", "Normaliser", "Unreadable", "normalise"]
