"""What changed in the media library. Receivers run in the sender's transaction where it has one.

`media_changed` arguments: `sender` (Image or File), `kind` ("image" or "file"), `ids` (set of primary keys
whose delivered form changed: file, texts, credit, licence, focal point, finished
renditions, privacy of the collection, deletion).
"""

from django.dispatch import Signal

media_changed = Signal()
