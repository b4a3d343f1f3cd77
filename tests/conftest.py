"""What holds for all tests."""

from hypothesis import settings

# Nothing here measures time: the machine may be shared.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
