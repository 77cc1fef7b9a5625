"""Migrations of the enquiries."""
