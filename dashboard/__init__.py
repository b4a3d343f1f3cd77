"""The way out: what people see."""
