"""Cases in the terms of Open311 GeoReport v2: services, requests and reports; and the requests of others as cases."""
