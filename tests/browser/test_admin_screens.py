"""The admin's screens as each role: they open, nothing fails in a script, and nothing is fetched from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

# What the main menu holds for each role, from top to bottom.
MENUS = {
    "author": "Pages, Study, Guidance tools, Media, Reports, Help",
    "reviewer": "Help",
    "editor": ("Pages, Study, Guidance tools, Events, Information pages, Directory, Site frame, Media, Reports, Help"),
    "translator": "Sivut, Tutkimus, Oppaat, Tapahtumat, Tietosivut, Hakemisto, Sivuston kehys, Raportit, Tuki",
    "coordinator": (
        "Pages, Étude, Outils d’aide, Événements, Pages d’information, Demandes, Annuaire, Cadre du site, Médias, Rapports,"
        " Paramètres, Aide"
    ),
    "communications": "Pages, Events, Information pages, Enquiries, Directory, Site frame, Media, Reports, Help",
    "administrator": (
        "Pages, Study, Guidance tools, Events, Information pages, Enquiries, Directory, Site frame, Media, Reports,"
        " Settings, Help"
    ),
}
SCREENS = {
    "author": ["/admin/chapters/", "/admin/tools/", "/admin/brochures/", "/admin/studies/"],
    "reviewer": ["/admin/account/"],
    "editor": ["/admin/events/", "/admin/images/", "/admin/documents/", "/admin/reports/site-history/"],
    "translator": ["/admin/chapters/", "/admin/snippets/pages/topic/"],
    "coordinator": ["/admin/chapters/", "/admin/snippets/home/footer/", "/admin/settings/home/sitefacts/"],
    "communications": ["/admin/information/", "/admin/snippets/pages/organisation/"],
    "administrator": ["/admin/users/", "/admin/workflows/list/", "/admin/settings/home/sitefacts/"],
}


@pytest.mark.parametrize("role", MENUS)
def test_screens_of_a_role_work_and_stay_on_this_server(
    open_browser: Callable[..., Page], site: Site, role: str
) -> None:
    page = open_browser(role)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    items = page.locator(".sidebar-main-menu__list:not(.sidebar-sub-menu-panel *) > li > :first-child .menuitem-label")
    assert ", ".join(items.all_inner_texts()) == MENUS[role]
    for screen in SCREENS[role]:
        answer = page.goto(screen)
        assert answer is not None
        assert page.url.startswith(site.url + screen)
        assert (screen, answer.status) == (screen, 200)
        page.wait_for_load_state("networkidle")

    assert errors == []
