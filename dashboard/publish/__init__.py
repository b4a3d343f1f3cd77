"""An edition: the published ranking, frozen, checked, and given out as files."""
