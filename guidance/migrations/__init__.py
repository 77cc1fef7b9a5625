"""Migrations of `guidance`."""
