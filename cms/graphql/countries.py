"""Names of countries in the requested locale."""

import graphene
from django.utils.translation import override
from django_countries import countries
from graphql import GraphQLResolveInfo

from cms.graphql.items import Part


def resolve_country_name(root: Part, info: GraphQLResolveInfo) -> str | None:
    """Return the name of the country that the payload names, in the requested locale."""
    code = root.payload.get("country")
    if not code:
        return None
    with override(root.loader.reading.locale):
        return str(countries.name(code)) or None


def country_name_field() -> graphene.String:
    """Return the field of a country's name."""
    return graphene.String(
        description="The country's name in the requested locale; null when it is unknown.",
        resolver=resolve_country_name,
    )
