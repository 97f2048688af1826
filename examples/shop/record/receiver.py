"""The recorder's HTTP side: takes OTLP and Alertmanager's webhook, writes each record as a line; shows the gateway's metrics."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import otlp


class Receiver:
    def __init__(self, places, access_log):
        self.access_log = access_log
        self._lock = threading.Lock()
        self._files = {name: (places.records / f"{name}.jsonl").open("a", encoding="utf-8") for name in ("spans", "logs", "alerts")}
        self._server = ThreadingHTTPServer(("127.0.0.1", places.port("recorder")), _handler_for(self))
        self._server.daemon_threads = True

    def start(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def flush(self):
        with self._lock:
            for file in self._files.values():
                file.flush()

    def take(self, path, body, content_type):
        if path == "/v1/traces":
            self._write("spans", otlp.spans(body, content_type))
        elif path == "/v1/logs":
            self._write("logs", otlp.logs(body, content_type))
        elif path == "/alerts":
            self._write("alerts", [json.loads(body)])
            self.flush()

    def _write(self, name, rows):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with self._lock:
            self._files[name].write(lines)


def _handler_for(receiver):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self._read_body()
            content_type = self.headers.get("content-type", "")
            receiver.take(self.path, body, content_type)
            self._answer(content_type, b"{}" if "json" in content_type else b"")

        def _read_body(self):
            if "content-length" in self.headers:
                return self.rfile.read(int(self.headers["content-length"]))
            parts = []  # chunked: what Node sends
            while length := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(length))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def do_GET(self):
            self._answer("text/plain; version=0.0.4", receiver.access_log.metrics())

        def _answer(self, content_type, body):
            self.send_response(200)
            self.send_header("content-type", content_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
