"""Scalars: text with a fixed form. All of them are only given out, never taken in."""

import graphene


class URL(graphene.String):
    """An absolute address (RFC 3986), such as `https://example.org/fr/study/`."""


class YearMonth(graphene.String):
    """A month of a year as `YYYY-MM`, such as `2018-01`."""


class CountryCode(graphene.String):
    """A country as two capital letters (ISO 3166-1 alpha-2), such as `FI`."""
