"""Template tags of delivered content."""
