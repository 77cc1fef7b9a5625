"""Seeds the snippets: organisations, contacts, topics, audiences, menus, footers, and the facts of the site."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Site

from cms.demo.content import LOCALES, Text, read
from cms.demo.ledger import Ledger
from cms.demo.library import collection, save_emblem
from cms.demo.sources import names_of
from cms.media.models import Image
from cms.media.renditions import prepare_image
from cms.setup.raw import Writer, made_id
from cms.setup.translating import translate
from cms.setup.values import footer_values, menu_values
from cms.setup.writing import apply_values, publish_snippet
from home.models import Footer, MainMenu, SiteFacts
from pages.models import Audience, Contact, Organisation, Topic

Do = Callable[[str, Callable[[], Any]], None]
ORGANISATION_FIELDS = ("name", "acronym", "country", "role", "website")
CONTACT_FIELDS = ("name", "role", "email", "address")


def seed_directory(do: Do, ledger: Ledger) -> None:
    """Make topics, audiences, organisations and contacts in every language."""
    for name, model, fields in (
        ("topic", Topic, ("name", "description")),
        ("audience", Audience, ("name",)),
        ("organisation", Organisation, ORGANISATION_FIELDS),
        ("contact", Contact, CONTACT_FIELDS),
    ):
        for place, item in enumerate(read(f"directory/{_file(name)}", "en")):
            _seed_item(do, ledger, name, model, fields, item, place)
    do("networks", lambda: _connect_networks(ledger))


def _file(name: str) -> str:
    return f"{name}s"


def _item(name: str, locale: str, key: str) -> Text:
    found: Text = next(item for item in read(f"directory/{_file(name)}", locale) if item["key"] == key)
    return found


def _seed_item(
    do: Do, ledger: Ledger, name: str, model: type[Model], fields: tuple[str, ...], item: Text, place: int
) -> None:
    key, source = item["key"], item.get("source", "en")
    do(f"{name}:{key}", lambda: _create(ledger, name, model, fields, _item(name, source, key), source, place))
    for code in LOCALES:
        if code != source:
            do(
                f"{name}-translation:{key}:{code}",
                partial(_translate, ledger, name, model, fields, _item(name, code, key), code),
            )


def _values(fields: tuple[str, ...], item: Text) -> Text:
    return {field: item[field] for field in fields}


def _create(
    ledger: Ledger, name: str, model: Any, fields: tuple[str, ...], item: Text, source: str, place: int
) -> Any:
    made = model(
        **_values(fields, item),
        locale=Locale.objects.get(language_code=source),
    )
    if hasattr(made, "sort_order"):
        made.sort_order = place
    if isinstance(made, Contact):
        made.organisation_id = ledger.pk(f"organisation:{item['organisation']}")
    return publish_snippet(made, uuid.UUID(made_id(name, item["key"])))


def _translate(ledger: Ledger, name: str, model: Any, fields: tuple[str, ...], item: Text, code: str) -> Any:
    source = model.objects.get(pk=ledger.pk(f"{name}:{item['key']}"))
    locale = Locale.objects.get(language_code=code)
    return translate(source, model(**_values(fields, item), locale=locale), locale, {})


def _connect_networks(ledger: Ledger) -> None:
    """Say which networks an organisation represents, in every language version."""
    for item in read("directory/organisations", "en"):
        networks = [ledger.pk(f"organisation:{key}") for key in item["networks"]]
        if not networks:
            continue
        key = uuid.UUID(made_id("organisation", item["key"]))
        for organisation in Organisation.objects.filter(translation_key=key):
            organisation.networks = list(Organisation.objects.filter(pk__in=networks))
            organisation.save_revision().publish()


def seed_emblem(do: Do, ledger: Ledger) -> None:
    """Give the programme that funds the emblem that must stand beside its name; the image is made ready in between."""
    alts = {code: read("frame/footer", code)["emblem"] for code in LOCALES}
    do("emblem", lambda: save_emblem(alts, collection()))
    if "emblem-shown" not in ledger:
        prepare_image(Image.objects.get(pk=ledger.pk("emblem")), minimum=False)
    do("emblem-shown", lambda: _show_emblem(ledger))


def _show_emblem(ledger: Ledger) -> None:
    key = uuid.UUID(made_id("organisation", "erasmus-plus"))
    for organisation in Organisation.objects.filter(translation_key=key):
        organisation.logo_id = ledger.pk("emblem")
        organisation.save_revision().publish()


def seed_frame(do: Do, ledger: Ledger) -> None:
    """Make the main menu and the footer in every language, and the facts of the site."""
    for name, model, write in (("menu", MainMenu, menu_values), ("footer", Footer, footer_values)):
        do(f"{name}:en", partial(_frame, ledger, name, model, write))
        for code in LOCALES[1:]:
            do(
                f"{name}:{code}",
                partial(_frame_translation, ledger, name, model, write, code),
            )
    do("facts", _facts)


def _filled(ledger: Ledger, name: str, model: Any, write: Any, code: str) -> Any:
    made = model(locale=Locale.objects.get(language_code=code))
    writer = Writer(f"frame/{name}", names_of(ledger, "en", "en"))
    apply_values(made, write(read(f"frame/{name}", code), writer))
    return made


def _frame(ledger: Ledger, name: str, model: Any, write: Any) -> Any:
    return publish_snippet(_filled(ledger, name, model, write, "en"), uuid.UUID(made_id("frame", name)))


def _frame_translation(ledger: Ledger, name: str, model: Any, write: Any, code: str) -> Any:
    source = model.objects.get(pk=ledger.pk(f"{name}:en"))
    twin = _filled(ledger, name, model, write, code)
    return translate(source, twin, twin.locale, {})


def _facts() -> SiteFacts:
    facts = SiteFacts.for_site(Site.objects.get(is_default_site=True))
    contact = next(item for item in read("directory/contacts", "en") if item["key"] == "coordination")
    facts.name, facts.postal_address, facts.email = "LINKS", contact["address"], contact["email"]
    facts.save()
    return facts
