"""Drawings that several pages show: each selects, fetches and draws for any metric."""
