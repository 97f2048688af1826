"""The foreign parts, all from Debian: how each is started on loopback."""

import signal
import sys

from .places import HOME, is_root
from .supervisor import Program

QUIET = {"is_quiet": True}


def redis(places):
    command = ["redis-server", "--port", str(places.port("redis")), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
               "--maxmemory", "64mb", "--dir", str(places.run)]
    return Program("redis", "redis", command)


def gateway(places, config):
    (places.run / "nginx").mkdir()
    (places.run / "nginx" / "access.log").touch()
    user = ["-g", "user root;"] if is_root() else []
    command = ["nginx", "-p", str(places.run / "nginx"), "-e", str(places.run / "nginx" / "error.log"), "-c", str(config / "nginx.conf"), *user]
    status = f"{places.address('nginx_status')}/stub_status"
    return Program("gateway", "gateway", command, ready_url=status, stop_signal=signal.SIGQUIT)


def exporters(places, config):
    yield Program("nginx_exporter", "gateway", [
        "prometheus-nginx-exporter", f"-web.listen-address=127.0.0.1:{places.port('nginx_exporter')}",
        f"-nginx.scrape-uri={places.address('nginx_status')}/stub_status"], **QUIET)
    yield Program("redis_exporter", "redis", [
        "prometheus-redis-exporter", f"-web.listen-address=127.0.0.1:{places.port('redis_exporter')}", f"-redis.addr={places.redis_url}"], **QUIET)
    yield Program("postgres_exporter", "shop-db", [
        "prometheus-postgres-exporter", f"--web.listen-address=127.0.0.1:{places.port('postgres_exporter')}",
        f"--extend.query-path={config / 'postgres_queries.yml'}"],
        {"DATA_SOURCE_NAME": places.database_url + "?sslmode=disable"}, **QUIET)
    yield Program("node_exporter", "host", [
        "prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{places.port('node_exporter')}", "--collector.disable-defaults",
        "--collector.cpu", "--collector.loadavg", "--collector.meminfo", "--collector.filesystem", "--collector.diskstats",
        "--collector.vmstat"], **QUIET)


def monitoring(places, config):
    yield Program("alertmanager", "alertmanager", [
        "prometheus-alertmanager", f"--config.file={config / 'alertmanager.yml'}", f"--storage.path={places.run / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{places.port('alertmanager')}", "--cluster.listen-address="],
        ready_url=places.address("alertmanager") + "/-/ready", **QUIET)
    yield Program("prometheus", "prometheus", [
        "prometheus", f"--config.file={config / 'prometheus.yml'}", f"--storage.tsdb.path={places.run / 'prometheus'}",
        f"--web.listen-address=127.0.0.1:{places.port('prometheus')}"],
        ready_url=places.address("prometheus") + "/-/ready", **QUIET)


def users(places, sessions_per_second):
    return Program("users", "users", [sys.executable, str(HOME / "load.py"), places.address("gateway"), str(sessions_per_second)], **QUIET)
