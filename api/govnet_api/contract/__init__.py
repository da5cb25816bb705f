"""The description of the API (OpenAPI), made from the questions and the table of operations."""
