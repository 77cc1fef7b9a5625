"""Addresses of the delivery API; with and without a trailing slash."""

from django.urls import path

from cms.graphql import view

urlpatterns = [
    path("graphql", view.graphql, name="graphql"),
    path("graphql/", view.graphql, name="graphql_slash"),
    path("graphql/schema.graphql", view.schema_file, name="graphql_schema"),
]
