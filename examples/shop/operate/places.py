"""Where things lie and listen: one run folder, one block of loopback ports."""

import os
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parent.parent
PYTHON_SERVICES = ("catalog", "inventory", "orders")
NODE_SERVICES = ("cart", "payments", "recommendations", "storefront")
SERVICES = tuple(sorted(PYTHON_SERVICES + NODE_SERVICES))
PARTS = ("gateway", "nginx_status", "nginx_exporter", "postgres", "postgres_exporter", "redis", "redis_exporter",
         "node_exporter", "prometheus", "alertmanager", "recorder")


@dataclass(frozen=True)
class Places:
    run: Path
    first_port: int
    language: str

    def port(self, name):
        return self.first_port + (SERVICES + PARTS).index(name)

    def address(self, name):
        return f"http://127.0.0.1:{self.port(name)}"

    @property
    def database_disk(self):
        return self.run / "database"

    @property
    def database_url(self):
        return f"postgresql://postgres@127.0.0.1:{self.port('postgres')}/shop"

    @property
    def redis_url(self):
        return f"redis://127.0.0.1:{self.port('redis')}/0"

    @property
    def records(self):
        return self.run / "records"

    def settings_file(self, service):
        return self.run / "settings" / f"{service}.json"

    def output(self, name):
        return self.run / "output" / f"{name}.log"


def is_root():
    return os.geteuid() == 0
