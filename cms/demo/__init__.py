"""The demonstration: content, people and their work."""
