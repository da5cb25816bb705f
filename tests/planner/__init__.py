"""Builders and oracles for the tests of the planner."""
