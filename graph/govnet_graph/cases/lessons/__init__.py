"""What the cases teach: rates with their intervals, times to answer, load, gaps that recur; small counts are withheld. No forecast."""

from govnet_graph.cases.lessons.gather import Lessons, lessons

__all__ = ["Lessons", "lessons"]
