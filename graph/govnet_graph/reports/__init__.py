"""The report of a period: coverage, what changed, open gaps, plans and the certificate, for those who are to read it."""

from govnet_graph.reports.gather import gather
from govnet_graph.reports.making import made
from govnet_graph.reports.model import Audience, Facts, Report, period
from govnet_graph.reports.writing import FORMS, write

__all__ = ["FORMS", "Audience", "Facts", "Report", "gather", "made", "period", "write"]
