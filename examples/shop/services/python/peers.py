"""Calls to the other services, with a timeout and a number of attempts (without pause: the habit that makes storms)."""

import json
import logging
import os

import requests
from prometheus_client import Counter

from messages import say
from web import Failure, request_id

log = logging.getLogger("peers")
CALLS = Counter("client_requests", "calls to other services", ["peer", "outcome"])
RETRIES = Counter("client_retries", "calls made again after a failure", ["peer"])
_ADDRESSES = json.loads(os.environ["PEERS"])
_session = requests.Session()
_session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=64))


def call(peer, method, path, body=None, timeout_s=1.0, attempts=1):
    """The peer's answer; a Failure 502/504 after the last attempt, or the peer's own 4xx."""
    for attempt in range(1, attempts + 1):
        if attempt > 1:
            RETRIES.labels(peer).inc()
        try:
            answer = _session.request(method, _ADDRESSES[peer] + path, json=body, timeout=timeout_s, headers={"x-request-id": request_id()})
        except requests.Timeout:
            CALLS.labels(peer, "timeout").inc()
            failure = Failure(504, f"{peer} timed out")
            log.warning(say("peer_timeout", peer=peer, path=path, ms=round(timeout_s * 1000), attempt=attempt, attempts=attempts, request_id=request_id()))
            continue
        except requests.ConnectionError as error:
            CALLS.labels(peer, "refused").inc()
            failure = Failure(502, f"{peer} unreachable")
            log.warning(say("peer_unreachable", peer=peer, path=path, error=type(error).__name__, attempt=attempt, attempts=attempts, request_id=request_id()))
            continue
        if answer.status_code >= 500:
            CALLS.labels(peer, "error").inc()
            failure = Failure(502, f"{peer} answered {answer.status_code}")
            log.warning(say("peer_error", peer=peer, path=path, status=answer.status_code, attempt=attempt, attempts=attempts, request_id=request_id()))
            continue
        CALLS.labels(peer, "ok").inc()
        if answer.status_code >= 400:
            raise Failure(answer.status_code, answer.json().get("error", "refused"))
        return answer.json()
    raise failure
