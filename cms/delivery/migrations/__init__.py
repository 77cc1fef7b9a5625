"""Migrations of `cms/delivery`."""
