"""What every Python service of the shop has: a Flask app with health, metrics and one log line a request."""

import logging
import os
import signal
import socket
import threading
import time

import waitress
from flask import Flask, Response, g, jsonify, request
from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest

import telemetry
from messages import say

log = logging.getLogger("http")

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 8, 12)
REQUESTS = Counter("http_requests", "requests answered", ["code"])
SECONDS = Histogram("http_request_duration_seconds", "time to answer", buckets=BUCKETS)
IN_FLIGHT = Gauge("http_requests_in_flight", "requests being answered")
UNOBSERVED = ("/metrics", "/healthz")
THREADS = 120
DRAIN_S = 2.5


class Failure(Exception):
    """An answer other than 200, with the reason that goes to the caller and to the log."""

    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason


def create_app():
    app = Flask(os.environ["SERVICE"])
    telemetry.start(app)
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Failure, _answer_failure)
    app.register_error_handler(Exception, _answer_surprise)
    app.add_url_rule("/healthz", view_func=lambda: os.environ["SERVICE_VERSION"], endpoint="healthz")
    app.add_url_rule("/metrics", view_func=lambda: Response(generate_latest(REGISTRY), mimetype="text/plain"), endpoint="metrics")
    return app


def serve(app):
    log.info(say("started", service=os.environ["SERVICE"], version=os.environ["SERVICE_VERSION"], port=os.environ["PORT"]))
    listener = socket.socket(fileno=int(os.environ["LISTEN_FD"]))
    server = waitress.create_server(app, sockets=[listener], threads=THREADS)
    signal.signal(signal.SIGTERM, lambda *_: _stop(server))
    server.run()


def _stop(server):
    """New connections go to the release that takes over; open requests get a moment to end."""
    log.info(say("stopping"))
    server.accepting = False
    threading.Timer(DRAIN_S, lambda: os._exit(0)).start()


def request_id():
    return request.headers.get("x-request-id", "-")


def _begin():
    g.began = time.monotonic()
    if request.path not in UNOBSERVED:
        IN_FLIGHT.inc()


def _finish(response):
    if request.path in UNOBSERVED:
        return response
    seconds = time.monotonic() - g.began
    IN_FLIGHT.dec()
    REQUESTS.labels(str(response.status_code)).inc()
    SECONDS.observe(seconds)
    level = logging.ERROR if response.status_code >= 500 else logging.INFO
    log.log(level, say("request_done", method=request.method, path=request.path, status=response.status_code,
                       ms=round(seconds * 1000), request_id=request_id()))
    return response


def _answer_failure(failure):
    return jsonify(error=failure.reason), failure.code


def _answer_surprise(error):
    logging.getLogger("http").exception(say("unhandled", path=request.path, error=f"{type(error).__name__}: {error}", request_id=request_id()))
    return jsonify(error="internal error"), 500
