"""What the setup has made, so that it never makes or overwrites anything twice."""

from django.db import models


class Step(models.Model):
    """One thing that a run has finished. What somebody edits or deletes afterwards stays as they left it.

    Attributes:
        key: what was done, such as `page:home`.
        object_pk: primary key of what was made, when it was one object.
    """

    key = models.CharField(max_length=200, unique=True)
    object_pk = models.PositiveBigIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class SetupStep(Step):
    """A step of `setup_site`."""

    done_at = models.DateTimeField(auto_now_add=True)
