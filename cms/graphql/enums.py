"""Enums of the schema. What the configured languages and the delivery decide is taken from there."""

import enum
import re
from collections.abc import Mapping
from typing import Any

import graphene
from django.conf import settings

from cms.delivery import html, queries
from cms.media import presets


def described(members: type[enum.Enum], name: str, whole: str, texts: Mapping[str, str]) -> Any:
    """Return a graphene enum of a Python enum.

    Args:
        members: the Python enum; resolvers get its members and give its values.
        name: in the schema.
        whole: describes the enum.
        texts: describes each value, by its name.
    """
    return graphene.Enum.from_enum(
        members, name=name, description=lambda value: whole if value is None else texts[value.name]
    )


def enum_of(name: str, values: Mapping[str, str]) -> type[enum.Enum]:
    """Return a Python enum of names and values that are known only when the program runs."""
    made: type[enum.Enum] = enum.Enum(name, dict(values))  # type: ignore[misc]
    return made


def constant_name(name: str) -> str:
    """Return the enum name of a type: `GuidanceTool` is `GUIDANCE_TOOL`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()


def locale_name(code: str) -> str:
    """Return the enum name of a language code: `pt-br` is `PT_BR`."""
    return code.upper().replace("-", "_")


LocaleCode = enum_of("LocaleCode", {locale_name(code): code for code in queries.content_locales()})
DEFAULT_LOCALE = LocaleCode(settings.LANGUAGE_CODE)

Locale = described(
    LocaleCode,
    "Locale",
    "A language of the site. Names are language codes (BCP 47) in capitals, `-` written as `_`.",
    {locale_name(code): str(name) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES},
)
Fallback = described(
    queries.Fallback,
    "Fallback",
    "What stands in where an entry does not exist in the requested locale.",
    {
        "NONE": "Nothing: what does not exist in the requested locale is absent.",
        "SOURCE": "The language in which the entry was written.",
        "CONFIGURED": "The site's chain for the requested locale, in its order; see `Site.locales`.",
    },
)
LinkStyle = described(
    html.LinkStyle,
    "LinkStyle",
    "How links to other pages are written. Files and outside addresses are always absolute.",
    {
        "URL": "Absolute addresses of the built-in website.",
        "PATH": "Paths relative to the home page of the locale, for sites with routes of their own.",
    },
)
ImagePreset = described(
    presets.ImagePreset,
    "ImagePreset",
    "What a picture is used for. Cuts are placed by the focal point; nothing is enlarged.",
    {
        "THUMB": "Square, up to 320 pixels wide.",
        "CARD": "16:9, up to 800 pixels wide.",
        "HERO": "16:9, up to 1600 pixels wide.",
        "FULL": "The whole picture, up to 2400 pixels wide.",
        "SOCIAL": "1200 by 630 pixels, for sharing; JPEG or PNG only.",
    },
)
ImageFormat = described(
    presets.ImageFormat,
    "ImageFormat",
    "How a rendition is stored.",
    {"AVIF": "`image/avif`", "WEBP": "`image/webp`", "JPEG": "`image/jpeg`", "PNG": "`image/png`"},
)
CalloutKind = described(
    enum_of("CalloutKindValue", {name.upper(): name for name in ("note", "tip", "warning", "definition")}),
    "CalloutKind",
    "What a callout is for.",
    {
        "NOTE": "Something to know beside the text.",
        "TIP": "Advice from practice.",
        "WARNING": "Something to be careful about.",
        "DEFINITION": "What a word means.",
    },
)
OutputKind = described(
    enum_of("OutputKindValue", {name: name for name in ("STUDY", "TOOLS", "OTHER")}),
    "OutputKind",
    "What an output of the project is.",
    {"STUDY": "The study.", "TOOLS": "The guidance tools.", "OTHER": "Anything else."},
)
OrganisationRole = described(
    enum_of("RoleValue", {name: name for name in ("COORDINATOR", "PARTNER", "NETWORK", "FUNDER")}),
    "OrganisationRole",
    "What an organisation does in the project.",
    {
        "COORDINATOR": "Coordinates the project.",
        "PARTNER": "Takes part as an institution.",
        "NETWORK": "A network of institutions.",
        "FUNDER": "Pays for the project.",
    },
)
LinkKind = described(
    enum_of("LinkKindValue", {name: name for name in ("PAGE", "FILE", "EXTERNAL")}),
    "LinkKind",
    "Where a link leads to.",
    {
        "PAGE": "A page of this site.",
        "FILE": "An uploaded file.",
        "EXTERNAL": "An address elsewhere, or an e-mail address (`mailto:`).",
    },
)
