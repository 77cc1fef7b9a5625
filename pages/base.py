"""Bases of every page and translatable snippet: source language, one transaction per change, and the publication gate."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from pages.addresses import is_reserved
from pages.entries import EntryBuilder, EntrySource, Payload
from pages.gate import asks_for_publication, demand_saveable, publication_approved
from pages.permissions import ContentPagePermissionTester
from pages.signals import ChangeKind, announce_change, content_transaction, demand_publishable, refusals_for


class SourceLocaleMixin(models.Model):
    """Keeps the language in which an object was first written, the same in all its translations."""

    source_locale = models.CharField(_("source language"), max_length=20, editable=False, blank=True, db_index=True)

    class Meta:
        abstract = True

    def settle_source_locale(self) -> None:
        """Fill `source_locale` before the first save: that of an existing translation, or the object's own language.

        One statement, for new objects only; call it when `locale` and `translation_key` are set.
        """
        if not self._state.adding:
            return
        model: Any = type(self)
        siblings = model._default_manager.filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        known = siblings.order_by("pk").values_list("source_locale", flat=True).first()
        self.source_locale = known or self.locale.language_code  # type: ignore[attr-defined]

    @property
    def is_translation(self) -> bool:
        """Tell whether this object was first written in another language."""
        return bool(self.source_locale) and self.source_locale != self.locale.language_code  # type: ignore[attr-defined]


class ContentModelMixin(EntrySource, SourceLocaleMixin):
    """One transaction per change and the gate before publishing, for pages and snippets alike; comes first in the bases."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save in one content transaction and announce the change once inline children are written.

        Raises:
            pages.signals.PublishRefused: when this would bring other content to readers and a receiver refuses that.
        """
        with content_transaction():
            if self.locale_id is None:  # type: ignore[attr-defined]
                self.locale = self.get_default_locale()  # type: ignore[attr-defined]
            self.settle_source_locale()
            demand_saveable(self, kwargs.get("update_fields"))
            result = super().save(*args, **kwargs)
            announce_change(self, ChangeKind.SAVED)
        return result

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete in one content transaction."""
        with content_transaction():
            result = super().delete(*args, **kwargs)
            announce_change(self, ChangeKind.DELETED)
        return result

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Make a revision live, unless a receiver of `publish_requested` refuses.

        Raises:
            pages.signals.PublishRefused: with every reason; nothing is written then.
        """
        with content_transaction():
            demand_publishable(revision.as_object(), user)
            with publication_approved(self):
                result = super().publish(revision, user=user, **kwargs)  # type: ignore[misc]
            announce_change(self, ChangeKind.SAVED)
        return result

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take the live version away, in one content transaction."""
        with content_transaction():
            result = super().unpublish(*args, **kwargs)  # type: ignore[misc]
            announce_change(self, ChangeKind.SAVED)
        return result


class PublishGateFormMixin:
    """Shows the reasons of a refused publication in the form, so that nothing typed is lost."""

    def _post_clean(self) -> None:
        """Add the refusals of what was typed as errors of the whole form when what was pressed would publish."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and asks_for_publication(self.data, self.instance):  # type: ignore[attr-defined]
            for refusal in refusals_for(self.instance, getattr(self, "for_user", None)):  # type: ignore[attr-defined]
                self.add_error(None, ValidationError(refusal.reason, code=refusal.code))  # type: ignore[attr-defined]


class ContentPageForm(PublishGateFormMixin, WagtailAdminPageForm):
    """Form of every page of ours."""

    def clean(self) -> dict[str, Any]:
        """Refuse an address that the website needs for itself, before anything is saved."""
        data: dict[str, Any] = super().clean()
        slug = data.get("slug", "")
        if is_reserved(slug, self.parent_page):
            words = _("The website has a page of its own at “%(slug)s”. Choose another slug, such as “%(other)s”.")
            self.add_error("slug", ValidationError(words, params={"slug": slug, "other": f"{slug}-2"}))
        return data


class SnippetForm(PublishGateFormMixin, WagtailAdminModelForm):
    """Form of every translatable snippet of ours."""


class DraftPreviewMixin:
    """The preview of a draft is what readers will see: the view named in the settings renders the draft's payload."""

    preview_modes: ClassVar[list[tuple[str, str]]] = [("", _("Website"))]  # type: ignore[list-item]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the draft as the website shows it."""
        view = import_string(settings.PAGES_DRAFT_VIEW)
        response: HttpResponse = view(request, self)
        return response


SEO_PANEL = MultiFieldPanel(
    [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
    heading=_("For search engines and sharing"),
)
PAGE_TRANSLATION_FIELDS = [
    TranslatableField("title"),
    TranslatableField("seo_title"),
    TranslatableField("search_description"),
    SynchronizedField("social_image"),
]


class ContentPage(DraftPreviewMixin, ContentModelMixin, Page):  # type: ignore[django-manager-missing]
    """Base of every page: delivered as an entry, written in one of the site's languages."""

    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("sharing image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared. Without one, the page's own picture is used."),
    )

    base_form_class = ContentPageForm
    promote_panels: ClassVar[list[Any]] = [SEO_PANEL]
    kept_fields: ClassVar[list[str]] = ["slug", "show_in_menus"]

    class Meta:
        abstract = True

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Any, page: Any = None) -> bool:
        """Keep every door, not only the form, from an address that the website needs for itself."""
        return not is_reserved(slug, parent_page) and bool(Page._slug_is_available(slug, parent_page, page))

    def permissions_for_user(self, user: Any) -> ContentPagePermissionTester:
        """Return what `user` may do with this page."""
        return ContentPagePermissionTester(user, self)

    def move(self, target: Page, pos: str | None = None, user: Any = None) -> None:
        """Move in one content transaction."""
        with content_transaction():
            super().move(target, pos=pos, user=user)
            announce_change(self, ChangeKind.MOVED)

    def entry_payload(self, builder: EntryBuilder) -> Payload:
        """Return what all pages share; types add their own content through `content_payload`."""
        builder.footnotes = {str(note.uuid): note.text for note in self.footnotes.all()}
        content = self.content_payload(builder)
        description = content.pop("seo_description", "")
        return {
            "title": self.title,
            "seo": {
                "title": self.seo_title or self.title,
                "description": self.search_description or description,
                "image": builder.image(self.social_image, "seo") or content.get("hero") or content.get("cover"),
            },
            **content,
        }

    def content_payload(self, builder: EntryBuilder) -> Payload:
        """Return the type's own content; `seo_description` may carry a plain text for search engines."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Live pages are served from entries by the website, never from here."""
        return self.serve_preview(request, "")


class TranslatableSnippet(
    DraftPreviewMixin,
    ContentModelMixin,
    LockableMixin,
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """Base of every snippet that readers see: drafts, revisions, preview, one row per language."""

    base_form_class = SnippetForm
    publishing_panels: ClassVar[list[Any]] = [PublishingPanel()]
    kept_fields: ClassVar[list[str]] = []

    class Meta(TranslatableMixin.Meta):
        abstract = True
