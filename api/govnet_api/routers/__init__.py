"""Addresses, by theme. They parse, call and shape; questions live in ``cypher/``."""
