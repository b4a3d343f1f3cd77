"""What figures mean: metrics, dimensions, questions and the one way to an answer."""
