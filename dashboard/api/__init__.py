"""`/api/v1`: the questions of `reemploy query`, with the rights of whoever asks."""
