"""Commands of the workflows."""
