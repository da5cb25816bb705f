"""The HTTP interface under `/api/v1`: it parses, authorises, calls `govnet_graph` and shapes the answer."""
