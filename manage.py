#!/usr/bin/env python
"""Runs Django's management commands with the development settings unless told otherwise."""

import os
import sys


def main() -> None:
    """Hand the command line to Django; a wrong setting is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Wrong settings: {error}")


if __name__ == "__main__":
    main()
