"""The database on its own small disk: a file with an ext4 file system, mounted through a loop device."""

import os
import shutil
import signal
import subprocess

from .places import is_root
from .supervisor import Program

BINARIES = "/usr/lib/postgresql/15/bin"
DISK_MB = 512
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_wal_size": "96MB",
    "wal_recycle": "off",
    "checkpoint_timeout": "60s",
    "max_parallel_workers_per_gather": "0",
    "log_destination": "jsonlog",
    "logging_collector": "on",
    "log_filename": "postgres.log",
    "log_lock_waits": "on",
    "deadlock_timeout": "2s",
    "log_min_duration_statement": "1s",
    "log_checkpoints": "on",
    "log_timezone": "UTC",
    "autovacuum_naptime": "30s",
}


def prepare(places):
    """Makes disk and cluster; returns the program that runs the database."""
    disk = places.database_disk
    disk.mkdir()
    if is_root():
        _mount_small_disk(places.run / "database.img", disk)
        shutil.chown(disk, "postgres", "postgres")
    data, logs = disk / "data", places.run / "postgres-log"
    logs.mkdir()
    if is_root():
        shutil.chown(logs, "postgres", "postgres")
    _run_as_owner([f"{BINARIES}/initdb", "-A", "trust", "-U", "postgres", "-D", str(data), "--locale=C.UTF-8", "-E", "UTF8"])
    return Program("postgres", "shop-db", [*_as_owner(), f"{BINARIES}/postgres", "-D", str(data), *_options(places, logs)],
                   stop_signal=signal.SIGINT)


def fill(places, schema):
    """Waits for the database, then creates the shop's tables with their first rows."""
    port = str(places.port("postgres"))
    while subprocess.run([f"{BINARIES}/pg_isready", "-q", "-h", "127.0.0.1", "-p", port, "-U", "postgres"]).returncode != 0:
        pass
    psql(places, "CREATE DATABASE shop", database="postgres")
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(schema), places.database_url], check=True)
    psql(places, "CHECKPOINT")


def psql(places, statement, database="shop"):
    """The answer of one statement; raises CalledProcessError with the database's words when it refuses."""
    url = places.database_url.rsplit("/", 1)[0] + f"/{database}"
    done = subprocess.run(["psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, url], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def release(places):
    if is_root() and os.path.ismount(places.database_disk):
        subprocess.run(["umount", str(places.database_disk)], check=True)


def _mount_small_disk(image, disk):
    with image.open("wb") as file:
        file.truncate(DISK_MB << 20)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", str(image)], check=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(disk)], check=True)


def _options(places, logs):
    settings = SETTINGS | {
        "port": str(places.port("postgres")), "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(logs), "log_directory": str(logs),
    }
    return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]


def _as_owner():
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if is_root() else []


def _run_as_owner(command):
    subprocess.run([*_as_owner(), *command], check=True, stdout=subprocess.DEVNULL, cwd="/")
