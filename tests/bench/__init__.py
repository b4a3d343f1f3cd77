"""Measurements, as ratios within one run: `make bench` (loading) and its siblings. Nothing here is a test."""
