// cart: what each user wants to buy, kept in Redis for an hour.

require('./telemetry');
const Redis = require('ioredis').default ?? require('ioredis');
const log = require('./log');
const { requestId, serve } = require('./web');

const KEEP_S = 3600;
const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 500, maxRetriesPerRequest: 1 });
redis.on('error', (error) => log.warn('cache_unavailable', { error: error.message }));

async function addLine({ user, body }) {
  const key = `cart:${user}`;
  await redis.rpush(key, JSON.stringify({ sku: body.sku, quantity: body.quantity, price_cents: body.price_cents }));
  await redis.expire(key, KEEP_S);
  const count = await redis.llen(key);
  log.info('cart_changed', { user, count, request_id: requestId() });
  return { count };
}

async function readCart({ user }) {
  const lines = await redis.lrange(`cart:${user}`, 0, -1);
  return { items: lines.map((line) => JSON.parse(line)) };
}

async function emptyCart({ user }) {
  await redis.del(`cart:${user}`);
  return {};
}

serve([
  ['POST', /^\/carts\/(?<user>[\w-]+)\/lines$/, addLine],
  ['GET', /^\/carts\/(?<user>[\w-]+)$/, readCart],
  ['DELETE', /^\/carts\/(?<user>[\w-]+)$/, emptyCart],
]);
