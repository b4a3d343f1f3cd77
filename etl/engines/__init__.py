"""The engines that can run the models beside the one inside the build: the same SELECTs on a cluster."""


class EngineError(RuntimeError):
    """The engine cannot be started or reached; the message says what to do about it."""
