"""Rankings: standards, scores, stability, explanation — pure functions of a table units × indicators."""
