"""A report that somebody runs in Redis itself: a script that goes over all keys again and again and lets nobody else in."""

import subprocess

LANGUAGE = "en"
TIMEZONE = "Europe/Berlin"
TITLE = "Product pages fail, nobody gets to the cart"
SEVERITY = "SEV1"
STORY = """
An analyst runs a Lua script in Redis that walks over all carts for a report. Redis works on one command at a time, so it answers
nobody while the script runs; after five seconds it says BUSY to all others. cart and recommendations fail, and with them the product pages;
catalog does without its cache. A deploy of cart a minute before is harmless, though it looks guilty. Repaired by SCRIPT KILL.
"""
TRUTH = {"service": "redis", "signal": "redis_up", "fault": "command: blocking Lua script"}
LENGTH_S = 690
FAULT_AT_S = 320
REPORT = """
local worth = 0
while true do
  for _, key in ipairs(redis.call('KEYS', 'cart:*')) do
    for _, line in ipairs(redis.call('LRANGE', key, 0, -1)) do worth = worth + cjson.decode(line).price_cents end
  end
end
"""


def steps(shop):
    port = str(shop.places.port("redis"))
    return [
        (100, lambda: shop.change_setting("maria.keller", "catalog", "page_size", 20, 24, "more products on the list page")),
        (262, lambda: shop.deploy("tom.berger", "cart", "3.2.1", "keep carts for two hours")),
        (FAULT_AT_S, lambda: shop.run_command("nina.vogel", "redis", "redis-cli --eval cart_worth.lua", "worth of all open carts, for the weekly report",
                                              lambda: subprocess.Popen(["redis-cli", "-p", port, "EVAL", REPORT, "0"], stdout=subprocess.DEVNULL))),
        (470, lambda: shop.run_command("lena.fischer", "redis", "redis-cli ping", "is it alive?",
                                       lambda: shop.note("redis-cli", _ask(port, "PING")))),
        (515, lambda: shop.run_command("lena.fischer", "redis", "redis-cli SCRIPT KILL", "Redis is busy with a script",
                                       lambda: shop.note("redis-cli", _ask(port, "SCRIPT", "KILL")))),
    ]


def _ask(port, *command):
    return subprocess.run(["redis-cli", "-p", port, *command], capture_output=True, text=True).stdout
