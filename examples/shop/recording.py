"""Running the shop by hand, and recording one incident from start to capture."""

import importlib
import os
import signal
import sys
import time
from datetime import timedelta

from operate.journal import now
from operate.places import Places
from operate.shop import Shop
from record import capture, readme

WARM_UP_S = 50
SETTLE_S = 10


def run(options):
    _stop_cleanly_when_told()
    places = Places(options.run_dir, options.first_port, options.language)
    shop = Shop(places)
    try:
        shop.start()
        print(f"shop {places.address('gateway')}  Prometheus {places.address('prometheus')}  Alertmanager {places.address('alertmanager')}")
        signal.pause()
    except KeyboardInterrupt:
        print("stopping")
    finally:
        shop.stop()


def record(options):
    _stop_cleanly_when_told()
    incident = importlib.import_module(f"incidents.{options.incident.replace('-', '_')}")
    shop = Shop(Places(options.run_dir, options.first_port, incident.LANGUAGE))
    try:
        shop.start()
        time.sleep(WARM_UP_S)
        start = now() - timedelta(seconds=options.skip_calm)
        _do_steps(incident.steps(shop), start)
        end = start + timedelta(seconds=incident.LENGTH_S)
        _sleep_until(end + timedelta(seconds=SETTLE_S))
        start += timedelta(seconds=options.skip_calm)
        fault_at = _time_of_fault(shop, incident)
        folder = options.output / options.incident
        facts = capture.write(shop, incident, (start, end), fault_at, folder)
        readme.write(incident, options.incident, facts, (start, end), fault_at, os.cpu_count(), folder)
        print(f"written: {folder}, {sum(file.stat().st_size for file in folder.iterdir()) / 1e6:.2f} MB")
    finally:
        shop.stop()


def _stop_cleanly_when_told():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))


def _do_steps(steps, start):
    for at_s, step in steps:
        _sleep_until(start + timedelta(seconds=at_s))
        step()


def _sleep_until(moment):
    time.sleep(max(0, (moment - now()).total_seconds()))


def _time_of_fault(shop, incident):
    """The first thing done by a person to the service that is the true cause."""
    actions = [event for event in shop.journal.read() if event["kind"] == "user_action" and event["service"] == incident.TRUTH["service"]]
    return capture.parse(actions[0]["time"])
