"""Engines: starting, finding and stopping the databases that hold the graph. Nothing here runs a query."""
