"""nginx's access log: its lines are the gateway's log, its spans and its request metrics (Debian's nginx has no OpenTelemetry)."""

import json
import re
import threading
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 8, 12)
VARIABLE = re.compile(r"/(sku-\d+|user\d+|\d+)")
POLL_S = 0.2


class AccessLog:
    def __init__(self, places, limits):
        """limits: the memory control groups, whose figures are shown here too."""
        self.file = places.run / "nginx" / "access.log"
        self._registry = CollectorRegistry()
        self._requests = Counter("http_requests", "requests answered", ["code"], registry=self._registry)
        self._seconds = Histogram("http_request_duration_seconds", "time to answer", buckets=BUCKETS, registry=self._registry)
        usage = Gauge("shop_memory_usage_bytes", "memory of the control group", ["measured"], registry=self._registry)
        limit = Gauge("shop_memory_limit_bytes", "limit of the control group", ["measured"], registry=self._registry)
        for service, group in limits.items():
            limit.labels(service).set(group.limit_bytes)
            usage.labels(service).set_function(group.usage_bytes)

    def metrics(self):
        return generate_latest(self._registry)

    def follow(self):
        threading.Thread(target=self._count, daemon=True).start()

    def rows(self):
        """(span, log line) of each request so far."""
        for line in self.file.read_text("utf-8").splitlines():
            yield _rows_of(json.loads(line))

    def _count(self):
        with self.file.open(encoding="utf-8") as lines:
            rest = ""
            while True:
                rest += lines.read()
                *whole, rest = rest.split("\n")
                for line in whole:
                    facts = json.loads(line)
                    self._requests.labels(str(facts["status"])).inc()
                    self._seconds.observe(float(facts["seconds"]))
                time.sleep(POLL_S)


def _rows_of(facts):
    end_ns = int(float(facts["time"]) * 1000) * 1_000_000
    duration_us = round(float(facts["seconds"]) * 1_000_000)
    status = facts["status"]
    common = {"service": "gateway", "instance": "gateway-1", "trace_id": facts["trace_id"], "span_id": facts["span_id"]}
    span = common | {
        "time_ns": end_ns - duration_us * 1000, "parent_span_id": None, "version": None, "duration_us": duration_us, "kind": "server",
        "operation": f"{facts['method']} {VARIABLE.sub('/{}', facts['route'])}", "status": "error" if status >= 500 else "ok",
        "http_status": status, "peer_service": None, "db_statement": None,
    }
    log = common | {
        "time_ns": end_ns, "level": "ERROR" if status >= 500 else "INFO",
        "message": f"{facts['method']} {facts['path']} {status} {facts['seconds']}s upstream {facts['upstream_seconds'] or '-'}s \"{facts['agent']}\"",
    }
    return span, log
