"""The graphql application."""

from django.apps import AppConfig


class GraphqlConfig(AppConfig):
    """Django's configuration of `cms.graphql`."""

    name = "cms.graphql"
    label = "graphql"
