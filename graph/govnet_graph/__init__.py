"""The district's graph: schema, seeds, questions, engines, coverage and the command line."""

__version__ = "0.1.0"
