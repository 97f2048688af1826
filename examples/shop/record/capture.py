"""Writes one capture folder in the format that Fupan reads: Parquet tables, events, incident and truth."""

import json
import shutil
from datetime import datetime

import pyarrow as arrow
import pyarrow.parquet as parquet

from operate.journal import stamp

from . import events, files, prometheus

TRACES_LIMIT_BYTES = 2_000_000
LOGS_LIMIT_BYTES = 1_500_000
SHARES = (1.0, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1)
HASH_SPAN = 16 ** 8

TRACE_COLUMNS = {
    "trace_id": arrow.string(), "span_id": arrow.string(), "parent_span_id": arrow.string(), "service": arrow.string(),
    "instance": arrow.string(), "operation": arrow.string(), "kind": arrow.string(), "duration_us": arrow.int64(), "status": arrow.string(),
    "http_status": arrow.int32(), "peer_service": arrow.string(), "db_statement": arrow.string(), "version": arrow.string(),
}
LOG_COLUMNS = {
    "service": arrow.string(), "instance": arrow.string(), "level": arrow.string(), "message": arrow.string(),
    "trace_id": arrow.string(), "span_id": arrow.string(),
}
PLAIN = ("trace_id", "span_id", "parent_span_id", "message", "duration_us")


def write(shop, incident, window, fault_at, folder):
    """Collects everything of the window; returns facts for the README."""
    shop.receiver.flush()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    start, end = window
    gateway = list(shop.access_log.rows())
    spans = _within(window, [*_lines(shop.places.records / "spans.jsonl"), *(span for span, _ in gateway)])
    database_log = list(files.postgres(shop.places.run / "postgres-log"))
    logs = _within(window, [
        *_lines(shop.places.records / "logs.jsonl"), *(log for _, log in gateway), *database_log,
        *files.redis(shop.places.output("redis")), *files.nginx_errors(shop.places.run / "nginx" / "error.log")])
    for moment, title in events.database_life(database_log):
        shop.journal.system_event("database", "shop-db", title, {"source": "postgres log"}, at=moment)
    happened = _events(shop, window)
    _write_events(happened, folder)
    detected_at = _first_alert(happened, fault_at)
    _write_metrics(prometheus.collect(shop.places.address("prometheus"), start.timestamp(), end.timestamp()), folder)
    traces_share, trace_count = _write_sampled(spans, TRACE_COLUMNS, folder / "traces.parquet", TRACES_LIMIT_BYTES, lambda row: True)
    logs_share, log_count = _write_sampled(logs, LOG_COLUMNS, folder / "logs.parquet", LOGS_LIMIT_BYTES, _is_routine)
    _write_json(folder / "incident.json", _incident(incident, window, fault_at, detected_at, happened))
    _write_json(folder / "truth.json", incident.TRUTH)
    return {"traces_share": traces_share, "spans": trace_count, "logs_share": logs_share, "logs": log_count, "events": happened,
            "detected_at": detected_at}


def parse(text):
    return datetime.fromisoformat(text)


def _incident(incident, window, fault_at, detected_at, happened):
    start, end = window
    repairs = [event["time"] for event in happened if event["time"] > detected_at and event["kind"] == "user_action"]
    ends = [event["time"] for event in happened if event["type"] == "alert" and event["attributes"]["state"] == "resolved"]
    return {
        "title": incident.TITLE, "severity": incident.SEVERITY, "detected_at": detected_at,
        "window": {"start": stamp(start), "end": stamp(end)},
        "baseline": {"start": stamp(start), "end": stamp(fault_at)},
        "services": ["gateway", "storefront", "catalog", "cart", "inventory", "orders", "payments", "recommendations", "shop-db", "redis"],
        "entry_service": "gateway", "timezone": incident.TIMEZONE,
        "started_at": stamp(fault_at), "mitigated_at": repairs[-1] if repairs else None, "resolved_at": max(ends, default=None),
    }


def _events(shop, window):
    start, end = (stamp(moment) for moment in window)
    sentences = shop.sentences
    all_events = [*shop.journal.read(), *events.alerts(shop.places.records / "alerts.jsonl", shop.places.language, sentences)]
    for event in all_events:
        event["time"] = stamp(parse(event["time"]))
    return sorted((event for event in all_events if start <= event["time"] <= end), key=lambda event: event["time"])


def _first_alert(happened, fault_at):
    firing = [event for event in happened if event["type"] == "alert" and event["attributes"]["state"] == "firing"]
    after = [event["time"] for event in firing if event["time"] > stamp(fault_at)]
    if not after:
        raise RuntimeError("no alert fired after the fault: nothing to review")
    return after[0]


def _write_events(happened, folder):
    text = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in happened)
    (folder / "events.jsonl").write_text(text, "utf-8")


def _write_metrics(rows, folder):
    columns = list(zip(*sorted(rows, key=lambda row: (row[1], row[2], row[0]))))
    table = arrow.table({
        "time": arrow.array([int(time_s * 1000) for time_s in columns[0]], arrow.int64()).cast(arrow.timestamp("ms", tz="UTC")),
        "service": arrow.array(columns[1]), "metric": arrow.array(columns[2]), "value": arrow.array(columns[3], arrow.float64())})
    parquet.write_table(table, folder / "metrics.parquet", compression="zstd", compression_level=19)


def _write_sampled(rows, columns, file, limit_bytes, may_drop):
    """Keeps the greatest share of the traces whose file is within the limit; (share, row count)."""
    for share in SHARES:
        kept = [row for row in rows if not may_drop(row) or _is_sampled(row["trace_id"], share)]
        _write_table(kept, columns, file)
        if file.stat().st_size <= limit_bytes:
            return share, len(kept)
    raise RuntimeError(f"{file.name} stays above {limit_bytes} bytes")


def _is_sampled(trace_id, share):
    """Head sampling: decided by the trace's id alone, so that a trace is whole or not there."""
    return trace_id is None or int(trace_id[-8:], 16) < share * HASH_SPAN


def _is_routine(row):
    return row["level"] in ("INFO", "DEBUG") and row["trace_id"] is not None


def _write_table(rows, columns, file):
    times = arrow.array([row["time_ns"] // 1000 for row in rows], arrow.int64()).cast(arrow.timestamp("us", tz="UTC"))
    table = arrow.table({"time": times} | {name: arrow.array([row.get(name) for row in rows], kind) for name, kind in columns.items()})
    coded = [name for name in columns if name not in PLAIN]
    parquet.write_table(table, file, compression="zstd", compression_level=19, use_dictionary=coded,
                        column_encoding={"time": "DELTA_BINARY_PACKED"}, write_statistics=["time"])


def _within(window, rows):
    start_ns, end_ns = (int(moment.timestamp() * 1e9) for moment in window)
    return sorted((row for row in rows if start_ns <= row["time_ns"] <= end_ns), key=lambda row: row["time_ns"])


def _lines(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _write_json(file, value):
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
