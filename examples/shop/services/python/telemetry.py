"""OpenTelemetry for a Python service: spans and logs over OTLP/HTTP, W3C context on every call."""

import logging
import os

from opentelemetry import trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

UNTRACED = "metrics,healthz"


def start(app):
    """Call once, before the first connection is opened."""
    collector = os.environ["OTLP_ENDPOINT"]
    resource = Resource.create({
        "service.name": os.environ["SERVICE"],
        "service.version": os.environ["SERVICE_VERSION"],
        "service.instance.id": f"{os.environ['SERVICE']}-{os.getpid()}",
    })

    spans = TracerProvider(resource=resource)
    exporter = OTLPSpanExporter(endpoint=f"{collector}/v1/traces")
    spans.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    trace.set_tracer_provider(spans)

    logs = LoggerProvider(resource=resource)
    log_exporter = OTLPLogExporter(endpoint=f"{collector}/v1/logs")
    logs.add_log_record_processor(BatchLogRecordProcessor(log_exporter, schedule_delay_millis=1000))
    set_logger_provider(logs)
    logging.getLogger().addHandler(LoggingHandler(logger_provider=logs))
    logging.getLogger().addHandler(logging.StreamHandler())
    logging.getLogger().setLevel(logging.INFO)
    for quiet in ("urllib3", "opentelemetry", "psycopg.pool"):
        logging.getLogger(quiet).setLevel(logging.ERROR)

    FlaskInstrumentor().instrument_app(app, excluded_urls=UNTRACED)
    PsycopgInstrumentor().instrument()
    RedisInstrumentor().instrument()
    RequestsInstrumentor().instrument()
