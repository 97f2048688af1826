// storefront: the pages of the shop, put together from the other services.

require('./telemetry');
const log = require('./log');
const { call } = require('./peers');
const { Failure, requestId, serve } = require('./web');

const STOCK = { timeoutMs: 800, attempts: 3 };
const ORDER = { timeoutMs: 5000 };

async function page(name, parts) {
  try {
    return await Promise.all(parts);
  } catch (error) {
    if (error.code >= 500) log.error('page_failed', { page: name, error: error.message, request_id: requestId() });
    throw error;
  }
}

async function home({ query }) {
  const user = query.get('user');
  const [products, recommended] = await page('home', [
    call('catalog', 'GET', `/products?category=${query.get('category') ?? 'all'}`),
    call('recommendations', 'GET', `/recommendations?user=${user}`, { attempts: 2 }),
  ]);
  return { products, recommended };
}

async function product({ sku, query }) {
  const [details, stock, recommended] = await page('product', [
    call('catalog', 'GET', `/products/${sku}`),
    call('inventory', 'GET', `/stock/${sku}`, STOCK),
    call('recommendations', 'GET', `/recommendations?user=${query.get('user')}&sku=${sku}`, { attempts: 2 }),
  ]);
  return { ...details, ...stock, recommended };
}

const addToCart = ({ user, body }) => call('cart', 'POST', `/carts/${user}/lines`, { body });

async function checkout({ body }) {
  const cart = await call('cart', 'GET', `/carts/${body.user}`);
  if (cart.items.length === 0) {
    log.info('cart_empty', { user: body.user, request_id: requestId() });
    throw new Failure(409, 'cart is empty');
  }
  const draft = { user: body.user, email: body.email, items: cart.items };
  let order;
  try {
    order = await call('orders', 'POST', '/orders', { body: draft, ...ORDER });
  } catch (error) {
    if (error.code >= 500) log.error('checkout_failed', { user: body.user, error: error.message, request_id: requestId() });
    throw error;
  }
  await call('cart', 'DELETE', `/carts/${body.user}`);
  return order;
}

const readOrder = ({ id }) => call('orders', 'GET', `/orders/${id}`, ORDER);

serve([
  ['GET', /^\/home$/, home],
  ['GET', /^\/products\/(?<sku>[\w-]+)$/, product],
  ['POST', /^\/carts\/(?<user>[\w-]+)$/, addToCart],
  ['POST', /^\/checkout$/, checkout],
  ['GET', /^\/orders\/(?<id>\d+)$/, readOrder],
]);
