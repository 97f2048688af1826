"""Fills the configuration files of the foreign parts and puts them into the run folder."""

import shutil
from string import Template

from .places import HOME, PARTS, SERVICES

SEEDED_ORDERS = 600_000
TEMPLATES = ("nginx.conf", "alertmanager.yml", "prometheus.yml", "schema.sql")
VERBATIM = ("alerts.yml", "postgres_queries.yml")


def render_all(places):
    folder = places.run / "config"
    folder.mkdir(parents=True)
    values = {f"PORT_{name.upper()}": str(places.port(name)) for name in SERVICES + PARTS}
    values |= {
        "RUN": str(places.run),
        "DATABASE_DISK": str(places.database_disk),
        "SEEDED_ORDERS": str(SEEDED_ORDERS),
        "SERVICE_TARGETS": "\n".join(_target(places, service) for service in SERVICES),
    }
    for name in TEMPLATES:
        text = (HOME / "config" / name).read_text()
        (folder / name).write_text(Template(text).safe_substitute(values))
    for name in VERBATIM:
        shutil.copy(HOME / "config" / name, folder / name)
    return folder


def _target(places, service):
    return f"      - {{ targets: ['127.0.0.1:{places.port(service)}'], labels: {{ service: {service} }} }}"
