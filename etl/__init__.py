"""The way in: deliveries become an immutable warehouse build."""
