"""What the seeding has made, so that it never makes or overwrites anything twice, and can be taken away again."""

from django.db import models

from cms.setup.models import Step


class Seeded(Step):
    """One thing that the seeding has finished. What somebody edits or deletes afterwards stays as they left it.

    Attributes:
        made: primary keys of the rows that the step created, by model; None for steps from before this was noted.
        fingerprint: digest of what the step made, when that is something without revisions; empty when not noted.
        released_at: when `remove_demo` left it to the people who changed it; it is no demonstration any more then.
    """

    made = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    seeded_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)
