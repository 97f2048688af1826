// recommendations: what a user may like, scored from what others looked at (counters in Redis).

require('./telemetry');
const Redis = require('ioredis').default ?? require('ioredis');
const log = require('./log');
const { requestId, serve } = require('./web');

const MODEL = 'co-view-31';
const PRODUCTS = 400;
const FEATURES = 40;
const SHOWN = 5;

const redis = new Redis(process.env.REDIS_URL, { commandTimeout: 500, maxRetriesPerRequest: 1 });
redis.on('error', (error) => log.warn('cache_unavailable', { error: error.message }));

const weights = Float64Array.from({ length: PRODUCTS * FEATURES }, (_, at) => Math.sin(at * 12.9898));
log.info('model_loaded', { model: MODEL, count: PRODUCTS });

function featuresOf(user, views) {
  const features = new Float64Array(FEATURES);
  for (let at = 0; at < FEATURES; at++) features[at] = Math.cos(user.length * 31 + at * 7 + views);
  return features;
}

function score(product, features) {
  let sum = 0;
  for (let at = 0; at < FEATURES; at++) sum += weights[product * FEATURES + at] * features[at];
  return sum;
}

async function recommend({ query }) {
  const began = performance.now();
  const user = query.get('user') ?? 'guest';
  const sku = query.get('sku');
  const views = sku ? await redis.hincrby('views', sku, 1) : 0;
  const features = featuresOf(user, views);
  const scored = Array.from({ length: PRODUCTS }, (_, product) => [score(product, features), product]);
  scored.sort((left, right) => right[0] - left[0]);
  const shown = scored.slice(0, SHOWN).map(([, product]) => `sku-${product + 1}`);
  const ms = Math.round(performance.now() - began);
  log.info('recommended', { count: shown.length, user, ms, request_id: requestId() });
  return shown;
}

serve([['GET', /^\/recommendations$/, recommend]]);
