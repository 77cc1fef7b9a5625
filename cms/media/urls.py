"""The address of stored media; there is none while an S3 store serves them."""

from django.conf import settings
from django.urls import path

from cms.media.views import serve_media

urlpatterns = (
    [path(settings.MEDIA_URL.lstrip("/") + "<path:path>", serve_media, name="serve_media")]
    if settings.MEDIA_SERVED_HERE
    else []
)
