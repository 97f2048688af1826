"""Versions of the services. A release is the code in services/ with, if there is one, the patch releases/SERVICE-VERSION.patch."""

import json
import shutil
import subprocess
import sys

from .places import HOME, PYTHON_SERVICES, SERVICES
from .supervisor import Program

CURRENT = {
    "cart": "3.2.0", "catalog": "5.11.4", "inventory": "2.8.1", "orders": "4.17.2", "payments": "6.0.3",
    "recommendations": "2.6.5", "storefront": "7.3.0",
}


def build(places, service, version):
    """The folder of the release, made when it is not there yet."""
    folder = places.run / "releases" / service / version
    if folder.exists():
        return folder
    shutil.copytree(HOME / "services", folder, ignore=shutil.ignore_patterns("__pycache__"))
    patch = HOME / "releases" / f"{service}-{version}.patch"
    if patch.exists():
        subprocess.run(["patch", "-p1", "-s", "-d", str(folder), "-i", str(patch)], check=True)
    return folder


def program(places, service, version, memory_limit=None):
    folder = build(places, service, version)
    if service in PYTHON_SERVICES:
        command = [sys.executable, str(folder / "python" / f"{service}.py")]
    else:
        command = ["node", "--max-semi-space-size=2", str(folder / "node" / f"{service}.js")]
    environment = {
        "SERVICE": service,
        "SERVICE_VERSION": version,
        "PORT": str(places.port(service)),
        "SHOP_LANGUAGE": places.language,
        "OTLP_ENDPOINT": places.address("recorder"),
        "PEERS": json.dumps({peer: places.address(peer) for peer in SERVICES}),
        "DATABASE_URL": places.database_url,
        "REDIS_URL": places.redis_url,
        "SETTINGS_FILE": str(places.settings_file(service)),
        "NODE_PATH": str(HOME / "node_modules"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if memory_limit:
        command = memory_limit.wrap(command)
    return Program(service, service, command, environment, listen_port=places.port(service),
                   ready_url=places.address(service) + "/healthz", ready_text=version)
