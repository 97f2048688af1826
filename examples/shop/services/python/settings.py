"""Settings that operators change while the service runs: a JSON file, looked at every second."""

import json
import logging
import os
import threading
import time
from pathlib import Path

from messages import say

log = logging.getLogger("settings")


class Settings:
    def __init__(self, defaults, on_change):
        self.file = Path(os.environ["SETTINGS_FILE"])
        self.on_change = on_change
        self.values = defaults | self._read()
        threading.Thread(target=self._watch, daemon=True).start()

    def __getitem__(self, key):
        return self.values[key]

    def _read(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def _watch(self):
        while True:
            time.sleep(1)
            fresh = self.values | self._read()
            changed = {key: value for key, value in fresh.items() if self.values.get(key) != value}
            if changed:
                self.values = fresh
                log.info(say("settings_reloaded", changed=json.dumps(changed)))
                self.on_change(self)
