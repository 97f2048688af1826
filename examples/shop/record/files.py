"""Logs that parts write to files of their own: the database (jsonlog), Redis, nginx's errors."""

import json
import re
from datetime import datetime, timezone

POSTGRES_LEVELS = {"LOG": "INFO", "INFO": "INFO", "NOTICE": "INFO", "WARNING": "WARN", "ERROR": "ERROR", "FATAL": "FATAL", "PANIC": "FATAL"}
REDIS_LINE = re.compile(r"\d+:\w (\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3}) ([.\-*#]) (.*)")
REDIS_LEVELS = {".": "DEBUG", "-": "INFO", "*": "INFO", "#": "WARN"}
NGINX_LINE = re.compile(r"(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(\w+)\] (.*)")


def postgres(folder):
    for file in sorted(folder.glob("*.json")):
        for line in file.read_text("utf-8", "replace").splitlines():
            entry = json.loads(line)
            parts = [entry.get("message", ""), entry.get("detail"), entry.get("hint")]
            if entry.get("statement"):
                parts.append(f"STATEMENT: {' '.join(entry['statement'].split())}")
            yield _row(entry["timestamp"].removesuffix(" UTC"), "%Y-%m-%d %H:%M:%S.%f", "shop-db", f"postgres-{entry['pid']}",
                       POSTGRES_LEVELS.get(entry["error_severity"], "INFO"), f"{entry['error_severity']}: {' | '.join(part for part in parts if part)}")


def redis(file):
    for line in file.read_text("utf-8", "replace").splitlines():
        if match := REDIS_LINE.match(line):
            time, mark, message = match.groups()
            yield _row(time, "%d %b %Y %H:%M:%S.%f", "redis", "redis-1", REDIS_LEVELS[mark], message)


def nginx_errors(file):
    for line in file.read_text("utf-8", "replace").splitlines():
        if match := NGINX_LINE.match(line):
            time, level, message = match.groups()
            yield _row(time, "%Y/%m/%d %H:%M:%S", "gateway", "gateway-1", level.upper(), message)


def _row(time, form, service, instance, level, message):
    moment = datetime.strptime(time, form).replace(tzinfo=timezone.utc)
    return {"time_ns": int(moment.timestamp() * 1000) * 1_000_000, "service": service, "instance": instance, "level": level,
            "message": message, "trace_id": None, "span_id": None}
