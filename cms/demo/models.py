"""What the seeding has made, so that it never makes or overwrites anything twice."""

from django.db import models


class Seeded(models.Model):
    """One thing that the seeding has finished. What somebody edits or deletes afterwards stays as they left it."""

    key = models.CharField(max_length=200, unique=True)
    object_pk = models.PositiveBigIntegerField(null=True)
    seeded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
