"""From rows to records: what a row says of which things, which of them are meant, and what the graph should hold.

Pure functions of rows and of an index of the graph; what cannot be said for certain goes back to the row's account as a problem.
"""

from govnet_graph.ledgers.facts.edges import Relation, settle
from govnet_graph.ledgers.facts.gather import Facts, Review, gather
from govnet_graph.ledgers.facts.meant import Context

__all__ = ["Context", "Facts", "Relation", "Review", "gather", "settle"]
