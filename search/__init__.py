"""Full-text search over what is published: one index row per entry and language, kept by publishing."""
