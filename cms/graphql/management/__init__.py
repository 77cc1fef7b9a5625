"""Management of the delivery API."""
