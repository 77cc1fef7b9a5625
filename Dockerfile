# Builds the packages in one stage and keeps only what runs in the other.
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.lock /tmp/requirements.lock
RUN /opt/venv/bin/pip install --require-hashes --no-deps -r /tmp/requirements.lock

FROM python:3.12-slim AS run
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production \
    LINKS_DATA_DIR=/data
RUN groupadd --system --gid 10001 cms \
    && useradd --system --uid 10001 --gid cms --home-dir /app --shell /usr/sbin/nologin cms \
    && mkdir -p /app /data/media /secrets \
    && chown -R cms:cms /data /secrets
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY . /app
# Catalogs and static files belong to the image; the settings of development need no secret of production for that.
RUN DJANGO_SETTINGS_MODULE=cms.settings.dev LINKS_DATA_DIR=/tmp/build sh -c \
      "python manage.py catalogs --compile && python manage.py collectstatic --no-input --verbosity 0" \
    && rm -rf /tmp/build
USER cms
VOLUME ["/data", "/secrets"]
EXPOSE 8000
STOPSIGNAL SIGTERM
# Asks as the proxy would: with the public host name, over https.
HEALTHCHECK --interval=15s --timeout=6s --start-period=60s --retries=4 CMD ["python", "docs/deploy/probe.py"]
ENTRYPOINT ["sh", "docs/deploy/entrypoint.sh"]
CMD ["web"]
