"""Pure Dash: from data to components."""
