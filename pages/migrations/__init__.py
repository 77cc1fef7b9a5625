"""Migrations of `pages`."""
