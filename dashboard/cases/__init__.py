"""Findings on money as cases: found by a load, followed up by people, never forgotten."""
