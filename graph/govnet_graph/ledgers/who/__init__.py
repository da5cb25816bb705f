"""Who is who: what a ledger's words mean among the things of the graph.

``read_index`` reads the graph's things once, ``resolve`` says for one reference which of them is meant: a sure match, doubtful
candidates with scores, or nothing. People are never joined by name. Decisions of a reviewer are kept by ``Decisions``.
"""

from govnet_graph.ledgers.who.decisions import Choice, Decisions, Verdict
from govnet_graph.ledgers.who.index import Entry, Index, read_index
from govnet_graph.ledgers.who.names import SURE, How
from govnet_graph.ledgers.who.resolve import Candidate, Doubt, Match, Outcome, Reference, Unknown, resolve

__all__ = [
    "SURE",
    "Candidate",
    "Choice",
    "Decisions",
    "Doubt",
    "Entry",
    "How",
    "Index",
    "Match",
    "Outcome",
    "Reference",
    "Unknown",
    "Verdict",
    "read_index",
    "resolve",
]
