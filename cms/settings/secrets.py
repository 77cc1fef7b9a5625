"""A secret key of one machine, made once and kept beside its data."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from cms.settings.environment import make_data_folder


def local_secret(data_dir: Path) -> str:
    """Return the secret key stored in `data_dir/secret-key`, made (mode 600) when it is missing."""
    path = data_dir / "secret-key"
    if not path.exists():
        make_data_folder(data_dir)
        made = data_dir / f"secret-key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(get_random_secret_key())
        try:
            os.link(made, path)  # the first process wins; the others read what it wrote
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text().strip()
