"""Addresses of the whole system."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.enquiries.urls import pages as enquiries_pages
from cms.health import healthz, readyz
from cms.reader.urls import pages

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("footnotes/", include("wagtail_footnotes.urls")),
    path("", include("cms.media.urls")),
    path("", include("cms.graphql.urls")),
    path("", include("cms.reader.urls")),
    *i18n_patterns(*enquiries_pages, *pages),
]

handler400 = "cms.website.bad_request"
handler403 = "cms.website.permission_denied"
handler404 = "cms.website.not_found"
handler500 = "cms.website.server_error"
