#!/bin/sh
# manage.py with the settings of this machine; run it as the user of the system:
#
#     sudo -u study-cms sh /srv/study-cms/docs/deploy/manage.sh doctor
#
# SETTINGS_FILE names another file than /etc/study-cms.env.
set -eu
umask 027
set -a
. "${SETTINGS_FILE:-/etc/study-cms.env}"
set +a
cd "$(dirname "$0")/../.."
exec "${PYTHON:-.venv/bin/python}" manage.py "$@"
