# Chỉ Đạo as one image; docker-compose.yml runs it as web, worker and relay.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /srv/chi-dao --shell /usr/sbin/nologin chi-dao

WORKDIR /srv/chi-dao
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# The settings of a trial need no secrets; neither command looks at a database.
RUN DJANGO_SETTINGS_MODULE=config.settings.dev python manage.py messages --compile \
    && DJANGO_SETTINGS_MODULE=config.settings.dev python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p /srv/copies && chown chi-dao: /srv/copies

# The container is read-only: what libraries keep for the day goes to memory (/tmp).
ENV DJANGO_SETTINGS_MODULE=config.settings.prod PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    COPY_ROOT=/srv/copies XDG_CACHE_HOME=/tmp/cache
USER chi-dao
