"""Images with their renditions, files, licences."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo, is_non_null_type

from cms.graphql.enums import ImageFormat, ImagePreset
from cms.graphql.identifiers import FILE, IMAGE, NodeKey, encode_id, place_hash
from cms.graphql.items import ShownFile, ShownImage
from cms.graphql.nodes import Node, node_type
from cms.graphql.scalars import URL
from cms.media.licences import LICENCES
from cms.media.presets import ImageFormat as ImageFormatValue
from cms.media.queries import PlaceholderRecord, RenditionRecord, SourceRecord


class License(graphene.ObjectType):
    """Under which terms something may be used again."""

    spdx = graphene.String(required=True, description="SPDX code, such as `CC-BY-4.0`.")
    url = graphene.Field(URL, description="Address of the licence's text; null where the code has none.")


class FocalPoint(graphene.ObjectType):
    """What matters most in a picture."""

    x = graphene.Float(required=True, description="From the left edge, as part of the width: 0 to 1.")
    y = graphene.Float(required=True, description="From the upper edge, as part of the height: 0 to 1.")


class Placeholder(graphene.ObjectType):
    """What is shown while a picture loads."""

    color = graphene.String(required=True, description="Dominant colour as `#rrggbb`.")
    data_url = graphene.String(required=True, description="A tiny picture as data URL, under 400 characters.")

    @staticmethod
    def resolve_color(root: PlaceholderRecord, info: GraphQLResolveInfo) -> str:
        """Return the dominant colour."""
        return root.colour


class Rendition(graphene.ObjectType):
    """One picture file."""

    url = graphene.Field(URL, required=True, description="Absolute address; its content never changes.")
    width = graphene.Int(required=True, description="In pixels.")
    height = graphene.Int(required=True, description="In pixels.")
    type = graphene.String(required=True, description="Media type, such as `image/webp`.")


class ImageSource(graphene.ObjectType):
    """What goes into one `<source>` of a `<picture>`."""

    type = graphene.String(required=True, description="Media type, such as `image/avif`.")
    srcset = graphene.String(required=True, description="Addresses with their widths, narrowest first.")
    sizes = graphene.String(required=True, description="The `sizes` attribute that goes with them.")


def license_of(code: str) -> dict[str, str | None] | None:
    """Return code and address of a licence, None without a code."""
    return {"spdx": code, "url": LICENCES.get(code, ("", ""))[1] or None} if code else None


def resolve_record(attname: str, default: Any, root: ShownImage | ShownFile, info: GraphQLResolveInfo) -> Any:
    """Resolve a field from the record by its name; an unknown (empty) text is null where null is allowed."""
    value = getattr(root.record, attname)
    return None if value == "" and not is_non_null_type(info.return_type) else value


@node_type
class Image(graphene.ObjectType):
    """A picture, described as the place that shows it needs. Made in all its renditions before it can be asked for."""

    class Meta:
        interfaces = (Node,)
        default_resolver = resolve_record

    alt = graphene.String(
        required=True, description="What it shows, in the language of the text beside it; empty when it is decorative."
    )
    is_decorative = graphene.Boolean(
        required=True, description='Whether it says nothing that the text does not say; print `alt=""` then.'
    )
    credit = graphene.String(description="Who made it, as it is printed beside it; null when unknown.")
    license = graphene.Field(License, description="Under which terms it may be used; null when unknown.")
    width = graphene.Int(required=True, description="Width of the original in pixels.")
    height = graphene.Int(required=True, description="Height of the original in pixels.")
    focal_point = graphene.Field(FocalPoint, description="What matters most in it; null when nobody has said.")
    placeholder = graphene.Field(Placeholder, description="What is shown while it loads; null until it is made.")
    rendition = graphene.Field(
        Rendition,
        required=True,
        preset=graphene.Argument(ImagePreset, required=True, description="What it is used for."),
        format=graphene.Argument(ImageFormat, default_value=ImageFormatValue.WEBP, description="How it is stored."),
        description="The widest file of a preset. Where it is not made yet, the nearest: another format, then another preset.",
    )
    sources = graphene.List(
        graphene.NonNull(ImageSource),
        required=True,
        preset=graphene.Argument(ImagePreset, required=True, description="What it is used for."),
        description="Every format that exists, best first (AVIF, WebP, then JPEG or PNG): ready for `<picture>`.",
    )

    @staticmethod
    def resolve_id(root: ShownImage, info: GraphQLResolveInfo) -> str:
        """Return an id that carries locale, fallback, entry and place."""
        return encode_id(NodeKey(IMAGE, root.loader.reading, root.owner, root.record.id, place_hash(root.place)))

    @staticmethod
    def resolve_alt(root: ShownImage, info: GraphQLResolveInfo) -> str:
        """Return the place's own words, else the picture's."""
        return "" if root.place.get("decorative") else root.place.get("alt") or root.record.alt

    @staticmethod
    def resolve_is_decorative(root: ShownImage, info: GraphQLResolveInfo) -> bool:
        """Tell whether the place calls it decorative."""
        return bool(root.place.get("decorative"))

    @staticmethod
    def resolve_license(root: ShownImage, info: GraphQLResolveInfo) -> dict[str, str | None] | None:
        """Return the licence."""
        return license_of(root.record.licence)

    @staticmethod
    def resolve_focal_point(root: ShownImage, info: GraphQLResolveInfo) -> dict[str, float] | None:
        """Return the focal point."""
        point = root.record.focal_point
        return {"x": point[0], "y": point[1]} if point else None

    @staticmethod
    def resolve_rendition(
        root: ShownImage, info: GraphQLResolveInfo, preset: Any, format: Any
    ) -> RenditionRecord | None:
        """Return the widest file of a preset, or the nearest that exists."""
        return root.record.rendition(preset, format or ImageFormatValue.WEBP)

    @staticmethod
    def resolve_sources(root: ShownImage, info: GraphQLResolveInfo, preset: Any) -> list[SourceRecord]:
        """Return every format of a preset."""
        return root.record.sources(preset)


@node_type
class File(graphene.ObjectType):
    """An uploaded file, such as a brochure's PDF."""

    class Meta:
        interfaces = (Node,)
        default_resolver = resolve_record

    title = graphene.String(
        required=True, description="In the language of what shows it where known, else the file's own."
    )
    description = graphene.String(description="In the language of what shows it; null when there is none.")
    credit = graphene.String(description="Who made it; null when unknown.")
    license = graphene.Field(License, description="Under which terms it may be used; null when unknown.")
    url = graphene.Field(URL, required=True, description="Absolute address.")
    size = graphene.Int(required=True, description="In bytes.")
    type = graphene.String(required=True, description="Media type, such as `application/pdf`.")
    extension = graphene.String(required=True, description="In small letters without the dot, such as `pdf`.")

    @staticmethod
    def resolve_id(root: ShownFile, info: GraphQLResolveInfo) -> str:
        """Return an id that carries locale, fallback and entry."""
        return encode_id(NodeKey(FILE, root.loader.reading, root.owner, root.record.id))

    @staticmethod
    def resolve_license(root: ShownFile, info: GraphQLResolveInfo) -> dict[str, str | None] | None:
        """Return the licence."""
        return license_of(root.record.licence)


def image_field(key: str, description: str) -> graphene.Field:
    """Return a field of an image, read from the payload."""
    return graphene.Field(Image, description=description, resolver=lambda root, info: root.image(key))


def file_field(key: str, description: str) -> graphene.Field:
    """Return a field of a file, read from the payload."""
    return graphene.Field(File, description=description, resolver=lambda root, info: root.file(key))
