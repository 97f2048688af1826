"""The events of a capture: the journal, the alerts of Alertmanager, what the database said of its own life."""

import json
from datetime import datetime

LIFE_SIGNS = ("PANIC", "database system is ready", "database system was interrupted", "database system is shut down", "was terminated by signal")


def alerts(file, language, sentences):
    """One event for each beginning and each end of an alert, at the time Alertmanager names."""
    seen = set()
    for line in file.read_text("utf-8").splitlines():
        for alert in json.loads(line)["alerts"]:
            for key, at in (("alert_firing", alert["startsAt"]), ("alert_resolved", alert["endsAt"])):
                identity = (alert["fingerprint"], key, at)
                if at.startswith("0001") or identity in seen:
                    continue
                seen.add(identity)
                yield _alert_event(alert, key, at, language, sentences)


def _alert_event(alert, key, at, language, sentences):
    labels = alert["labels"]
    summary = alert["annotations"][f"summary_{language}"]
    return {
        "time": at, "kind": "system_event", "type": "alert", "service": labels["service"],
        "title": sentences[key].format(alert=labels["alertname"], summary=summary),
        "attributes": {"source": "alertmanager", "alertname": labels["alertname"], "severity": labels["severity"],
                       "state": key.removeprefix("alert_"), "fingerprint": alert["fingerprint"], "generator": _expression(alert)},
    }


def _expression(alert):
    return alert.get("generatorURL", "").split("g0.expr=")[-1].split("&")[0]


def database_life(rows):
    for row in rows:
        if any(sign in row["message"] for sign in LIFE_SIGNS):
            moment = datetime.fromtimestamp(row["time_ns"] / 1e9).astimezone()
            yield moment, f"postgres: {row['message'][:200]}"
