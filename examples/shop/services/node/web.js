// What every Node service of the shop has: routes, health, metrics and one log line a request.

const http = require('node:http');
const { AsyncLocalStorage } = require('node:async_hooks');
const { trace } = require('@opentelemetry/api');
const prometheus = require('prom-client');
const log = require('./log');

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 8, 12];
prometheus.collectDefaultMetrics();
const requests = new prometheus.Counter({ name: 'http_requests_total', help: 'requests answered', labelNames: ['code'] });
const seconds = new prometheus.Histogram({ name: 'http_request_duration_seconds', help: 'time to answer', buckets: BUCKETS });
const inFlight = new prometheus.Gauge({ name: 'http_requests_in_flight', help: 'requests being answered' });
const current = new AsyncLocalStorage();

// An answer other than 200, with the reason that goes to the caller and to the log.
class Failure extends Error {
  constructor(code, reason) {
    super(reason);
    this.code = code;
  }
}

const requestId = () => current.getStore() ?? '-';

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
}

async function answer(routes, request, url) {
  for (const [method, pattern, handle] of routes) {
    const match = request.method === method && pattern.exec(url.pathname);
    if (!match) continue;
    trace.getActiveSpan()?.updateName(`${method} ${pattern.source.replace(/\\|\^|\$/g, '').replace(/\(\?<(\w+)>[^)]*\)/g, '{$1}')}`);
    const body = await readBody(request);
    return handle({ ...match.groups, query: url.searchParams, body });
  }
  throw new Failure(404, 'no such page');
}

async function observed(routes, request, response) {
  const began = performance.now();
  const url = new URL(request.url, 'http://shop');
  inFlight.inc();
  let code = 200;
  let body;
  try {
    body = await answer(routes, request, url);
  } catch (error) {
    const isExpected = error instanceof Failure;
    code = isExpected ? error.code : 500;
    body = { error: isExpected ? error.message : 'internal error' };
    if (!isExpected) log.error('unhandled', { path: url.pathname, error: error.message, request_id: requestId() });
  }
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
  inFlight.dec();
  const ms = performance.now() - began;
  requests.inc({ code: String(code) });
  seconds.observe(ms / 1000);
  const facts = { method: request.method, path: url.pathname, status: code, ms: Math.round(ms), request_id: requestId() };
  if (code >= 500) log.error('request_done', facts);
  else log.info('request_done', facts);
}

async function respond(routes, request, response) {
  if (request.url === '/healthz') return response.end(process.env.SERVICE_VERSION);
  if (request.url === '/metrics') return response.end(await prometheus.register.metrics());
  return current.run(request.headers['x-request-id'] ?? '-', () => observed(routes, request, response));
}

// routes: [method, pattern with named groups, handler of { groups, query, body }]
function serve(routes) {
  const server = http.createServer((request, response) => {
    respond(routes, request, response).catch((error) => response.destroy(error));
  });
  server.keepAliveTimeout = 60_000;
  const facts = { service: process.env.SERVICE, version: process.env.SERVICE_VERSION, port: process.env.PORT };
  server.listen({ fd: Number(process.env.LISTEN_FD) }, () => log.info('started', facts));
  process.on('SIGTERM', () => {
    log.info('stopping', {});
    server.close();
    setTimeout(() => process.exit(0), 2500);
  });
}

module.exports = { Failure, requestId, serve };
