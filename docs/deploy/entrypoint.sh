#!/bin/sh
# What a container does: `web` migrates and serves, `worker` works; anything else is run as it stands.
set -eu

# Without a secret key from outside, all containers of this machine share one that is made once and kept in a volume.
if [ -z "${SECRET_KEY:-}" ]; then
  key_file=/secrets/secret-key
  if [ ! -s "$key_file" ]; then
    (umask 077 && python -c 'import secrets; print(secrets.token_urlsafe(50))' > "$key_file.$$" && ln "$key_file.$$" "$key_file" 2>/dev/null || true)
    rm -f "$key_file.$$"
  fi
  SECRET_KEY="$(cat "$key_file")"
  export SECRET_KEY
fi

case "${1:-web}" in
  web)
    python manage.py migrate --no-input --verbosity 0
    python manage.py prepare_roles >/dev/null
    # With a login of the first administrator in the environment, a new installation is a site at once.
    if [ -n "${ADMIN_USER_NAME:-}" ]; then
      python manage.py setup_site --no-input || echo "The site was not set up; the reason stands above." >&2
    else
      echo "A new installation gets its first pages and administrator from: manage.py setup_site"
    fi
    exec gunicorn -c python:cms.server --bind 0.0.0.0:8000
    ;;
  worker)
    exec python manage.py work
    ;;
  *)
    exec "$@"
    ;;
esac
