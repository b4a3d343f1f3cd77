"""A naive second calculation of every metric: plain loops over delivered rows, with no look at the metric code."""
