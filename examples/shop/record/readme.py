"""The README of a capture: written from what really happened, event by event."""

from operate.journal import stamp

HEADER = """# {title}

{story}

Recorded from the shop in `examples/shop` by `./shop.py record {name}`. Window {start} to {end} (UTC), calm part until {fault}.
Detected by the first alert at {detected}. The true cause is in `truth.json`.

## What was done (UTC)

| time | who | command |
| --- | --- | --- |
{actions}

## What happened (alerts, supervisor, kernel, database)

| time | service | event |
| --- | --- | --- |
{happened}

## How it was recorded

- Prometheus scraped every 5 s; `metrics.parquet` holds the answers of the queries in `examples/shop/record/prometheus.py`, step 5 s.
- `traces.parquet`: {spans} spans. {traces_sampling} The gateway's spans are nginx's access log, the others come from OpenTelemetry SDKs.
- `logs.parquet`: {logs} lines. {logs_sampling}
- `peer_service` on a client span names the database or cache behind it, told by the span's `db.system`.
- The machine has {cores} cores and was shared with compile jobs of others, in part also with the recording of another incident (a second
  shop on other ports): `cpu_busy_ratio` and `load1` of `host` show it. The shop ran with priority (nice -10).
- The numbers are what the machines produced: nothing was synthesised or touched up afterwards.
"""


def write(incident, name, facts, window, fault_at, cores, folder):
    start, end = window
    actions = [event for event in facts["events"] if event["kind"] == "user_action"]
    happened = [event for event in facts["events"] if event["kind"] == "system_event"]
    text = HEADER.format(
        title=incident.TITLE, story=incident.STORY.strip(), name=name, start=stamp(start), end=stamp(end), fault=stamp(fault_at),
        detected=facts["detected_at"], cores=cores, spans=facts["spans"], logs=facts["logs"],
        actions="\n".join(f"| {_clock(event)} | {event['actor']} | `{_cell(event['attributes']['command'])}`: {event['attributes']['why']} |" for event in actions),
        happened="\n".join(f"| {_clock(event)} | {event['service']} | {_cell(event['title'])[:180]} |" for event in happened),
        traces_sampling=_sampling(facts["traces_share"], "traces are kept, chosen by trace id."),
        logs_sampling=_sampling(facts["logs_share"], "requests keep their INFO lines, chosen by trace id; all other lines are kept."))
    (folder / "README.md").write_text(text, "utf-8")


def _sampling(share, words):
    return "All are kept." if share == 1 else f"{share:.0%} of the {words}"


def _clock(event):
    return event["time"][11:23]


def _cell(text):
    return text.replace("|", "\\|")
