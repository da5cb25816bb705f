"""The agenda of the joint meeting: what is unmet, refused, late, idle or about to end, each figure with its source."""

from govnet_graph.cases.agenda.gather import agenda, as_of_month
from govnet_graph.cases.agenda.model import Agenda, Note, Row, Section
from govnet_graph.cases.agenda.writing import FORMS, write

__all__ = ["FORMS", "Agenda", "Note", "Row", "Section", "agenda", "as_of_month", "write"]
