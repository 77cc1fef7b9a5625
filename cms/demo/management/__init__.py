"""Of the demonstration."""
