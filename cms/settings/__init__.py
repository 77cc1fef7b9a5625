"""Settings of the four environments; `base` is shared by all."""
