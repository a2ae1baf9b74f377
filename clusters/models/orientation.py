"""The two sides of a cluster's work, as the national guidance names them."""

from django.db import models


class Orientation(models.TextChoices):
    """Intrinsic: practices learning from each other. Extrinsic: with others, on what others decide."""

    INTRINSIC = "INTR", "Intrinsic"
    EXTRINSIC = "EXTR", "Extrinsic"


class Tagged(models.Model):
    """Carries the tag as somebody marked it; blank means: as it follows from what the thing is."""

    orientation = models.CharField(max_length=4, choices=Orientation, blank=True)

    class Meta:
        abstract = True


class OutwardTagged(Tagged):
    """For what goes to others by its nature, questions and escalations: extrinsic unless somebody marked it."""

    class Meta:
        abstract = True

    @property
    def counts_as(self) -> str:
        """The tag as a word in a sentence."""
        return Orientation(self.orientation or Orientation.EXTRINSIC).label.lower()
