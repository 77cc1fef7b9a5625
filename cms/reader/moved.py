"""Where a page has gone whose address was another one, in languages that never had a page of their own there too."""

from wagtail.contrib.redirects.models import Redirect

from cms.delivery.queries import Fallback, Reading, content_locales, entry_by_id
from cms.reader.frame import local_address


def moved_address(locale: str, path: str) -> str:
    """Return the present address of a page that once had a path in another language, empty when none had.

    Wagtail notes the former address of every page that is moved or renamed, in that page's language only. Readers of the
    other languages knew it by the same path, as what stood in or led to their translation.

    Args:
        locale: in which the page is read.
        path: below the home page, such as `/study/inquiry/`.

    Statements: one, and one more when something is found.
    """
    others = [code for code in content_locales() if code != locale]
    former = {Redirect.normalise_path(local_address(code, path)): place for place, code in enumerate(others)}
    rows = Redirect.objects.filter(old_path__in=former, redirect_page__isnull=False)
    found = sorted(rows.values_list("old_path", "redirect_page__translation_key"), key=lambda row: former[row[0]])
    for _old_path, key in found[:1]:
        row = entry_by_id(Reading(locale, Fallback.SOURCE), key)
        return local_address(locale, row.path) if row else ""
    return ""
