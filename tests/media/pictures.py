"""Real pictures, drawn by Pillow."""

import io
from pathlib import Path
from typing import Any

from PIL import Image as Picture


def photo(width: int = 1700, height: int = 1200) -> Picture.Image:
    """Return a picture with very many colours: mostly red, blue on the right."""
    ramp = Picture.linear_gradient("L").resize((width, height))
    turned = Picture.linear_gradient("L").rotate(90).resize((width, height))
    picture = Picture.merge("RGB", (Picture.new("L", (width, height), 200), ramp.point(lambda v: v // 8), turned))
    picture.paste((0, 0, 255), (width * 3 // 4, 0, width, height))
    return picture


def drawing(width: int = 600, height: int = 400) -> Picture.Image:
    """Return a picture with three colours."""
    picture = Picture.new("RGB", (width, height), "white")
    picture.paste((10, 90, 160), (0, 0, width // 4, height))
    picture.paste((200, 30, 30), (width // 2, 0, width // 2 + 20, height))
    return picture


def as_bytes(picture: Picture.Image, picture_format: str, **options: Any) -> bytes:
    """Encode a picture."""
    output = io.BytesIO()
    picture.save(output, picture_format, **options)
    return output.getvalue()


def stored_names(root: Path) -> set[str]:
    """Return the paths of all files under a folder, relative to it."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
