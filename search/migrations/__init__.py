"""Migrations of `search`."""
