"""The catalogue for assistants: each question a read-only tool of the Model Context Protocol, and what the planner computes.

``tools`` says what questions there are and ``results`` what can be computed, as plain data; ``server`` speaks the protocol
(``pip install 'govnet[mcp]'``). Nothing there writes.
"""
