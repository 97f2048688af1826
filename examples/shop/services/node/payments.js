// payments: takes the money at the bank and writes the payment down. The bank is played by a pause.

require('./telemetry');
const { setTimeout: pause } = require('node:timers/promises');
const { Pool } = require('pg');
const prometheus = require('prom-client');
const log = require('./log');
const { Failure, requestId, serve } = require('./web');

const POOL_SIZE = 6;
const BANK_MS = [30, 90];
const SLOW_BANK_MS = 400;
const SLOW_SHARE = 0.01;
const DECLINED_SHARE = 0.02;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE, connectionTimeoutMillis: 2000 });
pool.on('error', (error) => log.error('database_error', { state: error.code ?? '-', error: error.message, request_id: '-' }));
new prometheus.Gauge({ name: 'db_pool_limit', help: 'connections that the pool may open' }).set(POOL_SIZE);
gauge('db_pool_in_use', 'connections handed out', () => pool.totalCount - pool.idleCount);
gauge('db_pool_waiting', 'requests that wait for a connection', () => pool.waitingCount);

function gauge(name, help, read) {
  new prometheus.Gauge({ name, help, collect() { this.set(read()); } });
}

async function askBank(user) {
  const [shortest, longest] = BANK_MS;
  const usual = shortest + Math.random() * (longest - shortest);
  const ms = Math.random() < SLOW_SHARE ? usual + SLOW_BANK_MS : usual;
  await pause(ms);
  if (ms > SLOW_BANK_MS) log.warn('bank_slow', { ms: Math.round(ms), request_id: requestId() });
  if (Math.random() < DECLINED_SHARE) {
    log.info('card_declined', { user, request_id: requestId() });
    throw new Failure(402, 'card declined');
  }
}

async function pay({ body }) {
  const began = performance.now();
  await askBank(body.user);
  let result;
  try {
    result = await pool.query('INSERT INTO payments (user_name, amount_cents) VALUES ($1, $2) RETURNING id', [body.user, body.amount_cents]);
  } catch (error) {
    log.error('database_error', { state: error.code ?? '-', error: error.message, request_id: requestId() });
    throw new Failure(500, 'database error');
  }
  const payment_id = result.rows[0].id;
  const ms = Math.round(performance.now() - began);
  log.info('payment_taken', { payment_id, amount: (body.amount_cents / 100).toFixed(2), ms, request_id: requestId() });
  return { payment_id };
}

serve([['POST', /^\/payments$/, pay]]);
