"""Migrations of the workflows."""
