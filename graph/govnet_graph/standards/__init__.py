"""The field's standards and formats, out and in: what leaves the graph here, and what comes in from files of other programs.

Out: ``exporting.export`` streams the whole graph in one of ``exporting.FORMATS``; ``answers`` writes one answer. In:
``read_popolo`` and ``read_hsds`` turn a file into ``Records``, in which everything of the file is a record or is named as
unread; ``read_json`` reads back what the JSON export wrote.
"""

from govnet_graph.standards.hsds_read import read_hsds
from govnet_graph.standards.model import FileUnreadable, Records, Unread
from govnet_graph.standards.popolo_read import read_popolo
from govnet_graph.standards.records_json import read_json

__all__ = ["FileUnreadable", "Records", "Unread", "read_hsds", "read_json", "read_popolo"]
