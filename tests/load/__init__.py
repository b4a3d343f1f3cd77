"""Long trials that stand outside `make test`: many readers at once, faults, inputs by the million."""
