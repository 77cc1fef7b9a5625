"""Commands of the edge, one per module."""
