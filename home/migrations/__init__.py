"""Migrations of `home`."""
