"""Commands of the delivery API."""
