"""The only door to an engine: start it, connect, read, write, read back."""
