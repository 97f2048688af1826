"""What people and machines did, as it happens: one JSON line an event, in the capture's event format."""

import json
import threading
from datetime import datetime, timezone


def now():
    return datetime.now(timezone.utc)


def stamp(moment):
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Journal:
    def __init__(self, file):
        self._file = file
        self._lock = threading.Lock()

    def user_action(self, type, service, title, actor, attributes):
        self._add({"kind": "user_action", "type": type, "service": service, "title": title, "actor": actor, "attributes": attributes})

    def system_event(self, type, service, title, attributes, at=None):
        self._add({"kind": "system_event", "type": type, "service": service, "title": title, "attributes": attributes}, at)

    def read(self):
        return [json.loads(line) for line in self._file.read_text("utf-8").splitlines()] if self._file.exists() else []

    def _add(self, event, at=None):
        event = {"time": stamp(at or now())} | event
        line = json.dumps(event, ensure_ascii=False)
        with self._lock, self._file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        print(event["time"], event["kind"], event["service"] or "-", event["title"], flush=True)
