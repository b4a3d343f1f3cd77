"""The state database: what people did here, as opposed to what deliveries say. SQLite by default, PostgreSQL by URL."""
