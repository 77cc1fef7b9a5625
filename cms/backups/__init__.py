"""Saves database and media together in one archive, and brings them back, on either database."""
