"""Takes the demonstration away again: what the seed made and nobody changed."""

from cms.demo.models import Seeded


def is_seeded() -> bool:
    """Tell whether the database holds the demonstration, or what an interrupted removal left of it. One statement."""
    return Seeded.objects.filter(released_at=None).exists()
