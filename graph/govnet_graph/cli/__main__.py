"""``python -m govnet_graph.cli``: the same as the ``govnet`` command."""

from govnet_graph.cli import main

main()
