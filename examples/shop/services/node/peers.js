// Calls to the other services, with a timeout and a number of attempts (without pause: the habit that makes storms).

const prometheus = require('prom-client');
const log = require('./log');
const { Failure, requestId } = require('./web');

const addresses = JSON.parse(process.env.PEERS);
const calls = new prometheus.Counter({ name: 'client_requests_total', help: 'calls to other services', labelNames: ['peer', 'outcome'] });
const retries = new prometheus.Counter({ name: 'client_retries_total', help: 'calls made again after a failure', labelNames: ['peer'] });

async function once(peer, method, path, body, timeoutMs, place) {
  let response;
  try {
    response = await fetch(addresses[peer] + path, {
      method,
      body: body && JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-request-id': requestId() },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    if (error.name === 'TimeoutError') {
      calls.inc({ peer, outcome: 'timeout' });
      log.warn('peer_timeout', { peer, path, ms: timeoutMs, ...place, request_id: requestId() });
      throw new Failure(504, `${peer} timed out`);
    }
    calls.inc({ peer, outcome: 'refused' });
    const reason = error.cause?.code ?? error.message;
    log.warn('peer_unreachable', { peer, path, error: reason, ...place, request_id: requestId() });
    throw new Failure(502, `${peer} unreachable`);
  }
  const answer = await response.json();
  if (response.status >= 500) {
    calls.inc({ peer, outcome: 'error' });
    log.warn('peer_error', { peer, path, status: response.status, ...place, request_id: requestId() });
    throw new Failure(502, `${peer} answered ${response.status}`);
  }
  calls.inc({ peer, outcome: 'ok' });
  if (response.status >= 400) throw new Failure(response.status, answer.error);
  return answer;
}

// The peer's answer; a Failure 502/504 after the last attempt, or the peer's own 4xx at once.
async function call(peer, method, path, { body, timeoutMs = 1000, attempts = 1 } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(peer, method, path, body, timeoutMs, { attempt, attempts });
    } catch (error) {
      if (error.code < 500 || attempt === attempts) throw error;
      retries.inc({ peer });
    }
  }
}

module.exports = { call };
