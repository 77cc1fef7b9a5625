#!/bin/sh
# Saves the site into the folder named, reads the archive back, and removes old ones: 14 nights are kept, and the first of
# each month for a year. Ends with 2 when files that the content refers to are missing, otherwise as the commands end.
#
#     sh docs/deploy/nightly-backup.sh FOLDER
#
# It wants the settings of the system in its environment; docs/operators.md has a line for cron.
set -eu
umask 077
folder="${1:?name the folder of the backups}"
cd "$(dirname "$0")/../.."
python="${PYTHON:-.venv/bin/python}"
target="$folder/site-$(date +%F).tar"

result=0
"$python" manage.py backup "$target" --force --verbosity 0 || result=$?
if [ "$result" -ne 0 ] && [ "$result" -ne 2 ]; then
  exit "$result"
fi
"$python" manage.py restore "$target" --check
find "$folder" -name 'site-????-??-??.tar' ! -name 'site-????-??-01.tar' -mtime +14 -delete
find "$folder" -name 'site-????-??-01.tar' -mtime +366 -delete
exit "$result"
