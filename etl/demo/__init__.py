"""The demonstration city: deliveries of a whole invented city, made by the contract and deterministic by seed."""
