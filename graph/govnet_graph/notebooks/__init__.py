"""The catalogue for notebooks: questions as calls, answers as lists, tables (pandas) and graphs (networkx).

``govnet_graph.connect()`` opens it. ``objects`` gives the graph as py2neo objects, where that is installed.
"""
