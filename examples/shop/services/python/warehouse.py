"""The line to the warehouse's own system: each question takes it 120 to 240 ms and it allows a limited number at once.

The warehouse itself is played by a pause; the waiting for a slot in front of it is real."""

import random
import threading
import time

from prometheus_client import Gauge

ANSWER_S = (0.12, 0.24)
WAIT_S = 3.0


class WarehouseBusy(Exception):
    pass


class Warehouse:
    def __init__(self, limit):
        self._changed = threading.Condition()
        self._in_use = 0
        self._waiting = 0
        self._limit = limit
        Gauge("warehouse_slots_in_use", "questions being answered").set_function(lambda: self._in_use)
        Gauge("warehouse_slots_waiting", "questions that wait for a slot").set_function(lambda: self._waiting)
        Gauge("warehouse_slots_limit", "questions allowed at once").set_function(lambda: self._limit)

    def resize(self, limit):
        with self._changed:
            self._limit = limit
            self._changed.notify_all()

    def ask(self):
        """Blocks until the warehouse answered; WarehouseBusy when no slot was free in time."""
        self._take_slot()
        try:
            time.sleep(random.uniform(*ANSWER_S))
        finally:
            with self._changed:
                self._in_use -= 1
                self._changed.notify()

    def describe(self):
        return {"in_use": self._in_use, "limit": self._limit, "waiting": self._waiting}

    def _take_slot(self):
        with self._changed:
            self._waiting += 1
            try:
                free = self._changed.wait_for(lambda: self._in_use < self._limit, timeout=WAIT_S)
            finally:
                self._waiting -= 1
            if not free:
                raise WarehouseBusy
            self._in_use += 1
