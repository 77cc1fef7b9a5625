"""Migrations of `cms/translation`."""
