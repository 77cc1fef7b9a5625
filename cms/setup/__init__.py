"""Makes a usable site of an empty database, and holds what this shares with the seeding of the demonstration."""
