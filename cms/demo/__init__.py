"""Demonstration content: its texts, its pictures and its brochures."""
