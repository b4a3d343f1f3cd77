"""Pure Plotly: from rows to figures as dicts."""
