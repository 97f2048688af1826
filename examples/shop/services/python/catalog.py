"""catalog: the products. Lists are kept in Redis for ten seconds."""

import json
import logging
import os

import redis

import web
from database import Database
from messages import say
from settings import Settings

log = logging.getLogger("catalog")
app = web.create_app()
database = Database(size=6)
cache = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=0.5)
CACHE_S = 10
settings = Settings({"page_size": 20}, on_change=lambda fresh: None)


@app.get("/products")
def list_products():
    category = web.request.args.get("category", "all")
    cached = _from_cache(f"products:{category}")
    if cached is not None:
        return cached
    rows = database.run(lambda connection: connection.execute(
        "SELECT sku, name, price_cents FROM products WHERE %s::text = 'all' OR category = %s ORDER BY sold DESC LIMIT %s",
        (category, category, settings["page_size"])).fetchall())
    products = [{"sku": sku, "name": name, "price_cents": price} for sku, name, price in rows]
    log.info(say("cache_filled", key=f"products:{category}", count=len(products)))
    _to_cache(f"products:{category}", products)
    return products


@app.get("/products/<sku>")
def read_product(sku):
    row = database.run(lambda connection: connection.execute(
        "SELECT name, price_cents, category FROM products WHERE sku = %s", (sku,)).fetchone())
    if row is None:
        raise web.Failure(404, "no such product")
    name, price, category = row
    return {"sku": sku, "name": name, "price_cents": price, "category": category}


def _from_cache(key):
    try:
        text = cache.get(key)
    except redis.RedisError as error:
        log.warning(say("cache_unavailable", error=str(error)))
        return None
    return json.loads(text) if text else None


def _to_cache(key, value):
    try:
        cache.set(key, json.dumps(value), ex=CACHE_S)
    except redis.RedisError as error:
        log.warning(say("cache_unavailable", error=str(error)))


web.serve(app)
