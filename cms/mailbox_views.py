"""The mailbox in the admin: the list of kept mails, and one of them."""

from typing import Any

import nh3
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, DateColumn, Table, TitleColumn

from cms.mailbox import Mail, is_kept, mail_for, mailbox_of

MAILS_PER_PAGE = 50
# Words, lists, tables and links; nothing that loads from elsewhere, no style and no script.
TAGS = {
    *("a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "pre", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}


def mailbox(request: HttpRequest) -> HttpResponse:
    """List the mails that the person may see, newest first.

    Raises:
        Http404: when a mail server is set up, so that no mail is kept.
    """
    _demand_kept()
    box = mailbox_of(request.user)
    paginator = Paginator(box.mails, MAILS_PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    context = {
        **_header(_("Mailbox")),
        "table": Table(_columns(), page.object_list),
        "page_obj": page,
        "elided_page_range": paginator.get_elided_page_range(page.number),
        "unreadable": box.unreadable,
    }
    return TemplateResponse(request, "cms/mailbox.html", context)


def read_mail(request: HttpRequest, file: str, turn: int) -> HttpResponse:
    """Show one mail: its text with links, and its HTML version without anything that acts or loads.

    Raises:
        Http404: when there is no such mail, it is somebody else's, or a mail server is set up.
    """
    _demand_kept()
    mail = mail_for(request.user, file, turn)
    if mail is None:
        raise Http404
    subject = mail.subject or _("(no subject)")
    context = {**_header(subject, above=True), "mail": mail, "html": _clean(mail.html)}
    return TemplateResponse(request, "cms/mail.html", context)


def _demand_kept() -> None:
    if not is_kept():
        raise Http404


def _clean(html: str) -> str:
    cleaned = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return mark_safe(cleaned)  # noqa: S308 - this is what cleans it


def _header(title: str, above: bool = False) -> dict[str, Any]:
    """Title, icon and path of a screen."""
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if above:
        trail.append({"url": reverse("mailbox"), "label": _("Mailbox")})
    trail.append({"url": "", "label": title})
    return {"page_title": title, "header_title": title, "header_icon": "mail", "breadcrumbs_items": trail}


def _columns() -> list[Column]:
    return [
        TitleColumn("subject", label=_("Subject"), accessor=_subject, get_url=_address),
        Column("to", label=_("To"), accessor="to", width="25%"),
        DateColumn("sent_at", label=_("Sent"), width="20%"),
    ]


def _subject(mail: Mail) -> str:
    return mail.subject or _("(no subject)")


def _address(mail: Mail) -> str:
    return reverse("mailbox_mail", args=[mail.file, mail.turn])
