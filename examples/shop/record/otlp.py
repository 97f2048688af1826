"""OTLP/HTTP bodies (protobuf from Python, JSON from Node) to plain rows."""

import json

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

KINDS = {1: "internal", 2: "server", 3: "client", 4: "producer", 5: "consumer"}
PEERS = {"postgresql": "shop-db", "redis": "redis"}
STATEMENT_LENGTH = 120
ERROR = 2


def spans(body, content_type):
    if "json" in content_type:
        return _spans_of_json(json.loads(body))
    return _spans_of_protobuf(ExportTraceServiceRequest.FromString(body))


def logs(body, content_type):
    if "json" in content_type:
        return _logs_of_json(json.loads(body))
    return _logs_of_protobuf(ExportLogsServiceRequest.FromString(body))


def _spans_of_protobuf(request):
    for group in request.resource_spans:
        resource = {item.key: _value(item.value) for item in group.resource.attributes}
        for scope in group.scope_spans:
            for span in scope.spans:
                attributes = {item.key: _value(item.value) for item in span.attributes}
                yield _span(resource, attributes, span.name, span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex(),
                            span.start_time_unix_nano, span.end_time_unix_nano, span.kind, span.status.code)


def _spans_of_json(request):
    for group in request["resourceSpans"]:
        resource = _attributes(group["resource"])
        for scope in group["scopeSpans"]:
            for span in scope["spans"]:
                yield _span(resource, _attributes(span), span["name"], span["traceId"], span["spanId"], span.get("parentSpanId", ""),
                            int(span["startTimeUnixNano"]), int(span["endTimeUnixNano"]), span["kind"], span.get("status", {}).get("code", 0))


def _span(resource, attributes, name, trace_id, span_id, parent, start_ns, end_ns, kind, status):
    statement = attributes.get("db.statement") or attributes.get("db.query.text")
    system = attributes.get("db.system") or attributes.get("db.system.name")
    return {
        "time_ns": start_ns, "trace_id": trace_id, "span_id": span_id, "parent_span_id": parent or None,
        "service": resource["service.name"], "instance": resource["service.instance.id"], "version": resource["service.version"],
        "operation": name, "duration_us": (end_ns - start_ns) // 1000, "kind": KINDS.get(kind, "internal"),
        "status": "error" if status == ERROR else "ok",
        "http_status": attributes.get("http.status_code") or attributes.get("http.response.status_code"),
        "peer_service": PEERS.get(system), "db_statement": statement[:STATEMENT_LENGTH] if statement else None,
    }


def _logs_of_protobuf(request):
    for group in request.resource_logs:
        resource = {item.key: _value(item.value) for item in group.resource.attributes}
        for scope in group.scope_logs:
            for record in scope.log_records:
                yield _log(resource, record.time_unix_nano or record.observed_time_unix_nano, record.severity_text,
                           _value(record.body), record.trace_id.hex(), record.span_id.hex(), {item.key: _value(item.value) for item in record.attributes})


def _logs_of_json(request):
    for group in request["resourceLogs"]:
        resource = _attributes(group["resource"])
        for scope in group["scopeLogs"]:
            for record in scope["logRecords"]:
                time_ns = int(record.get("timeUnixNano") or 0) or int(record["observedTimeUnixNano"])
                yield _log(resource, time_ns, record.get("severityText"), next(iter(record["body"].values())),
                           record.get("traceId", ""), record.get("spanId", ""), {})


def _log(resource, time_ns, level, message, trace_id, span_id, attributes):
    stack = attributes.get("exception.stacktrace")
    return {
        "time_ns": time_ns, "service": resource["service.name"], "instance": resource["service.instance.id"],
        "level": "WARN" if level == "WARNING" else level, "message": f"{message}\n{stack}" if stack else message,
        "trace_id": trace_id or None, "span_id": span_id or None,
    }


def _attributes(holder):
    return {item["key"]: next(iter(item["value"].values()), None) for item in holder.get("attributes", [])}


def _value(value):
    field = value.WhichOneof("value")
    return getattr(value, field) if field else None
