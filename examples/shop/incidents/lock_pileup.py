"""A deploy of orders that sums up a customer's old orders, without an index, while it holds a table lock."""

LANGUAGE = "en"
TIMEZONE = "Europe/Berlin"
TITLE = "Checkout fails: storefront answers 502 and 504"
SEVERITY = "SEV1"
STORY = """
orders 4.18.0 gives loyalty points with each order. It takes a table lock, then adds up all former orders of the customer without
an index (about a second). Orders queue behind the lock, the pool of 8 connections runs out, the storefront and the gateway answer
5xx. Money is taken for orders that are never written down. Two harmless changes of other services come before and after the deploy. Repaired by rollback.
"""
TRUTH = {"service": "orders", "signal": "db_pool_in_use_connections", "fault": "deploy: slow query under a table lock"}
LENGTH_S = 760
FAULT_AT_S = 330


def steps(shop):
    return [
        (95, lambda: shop.deploy("maria.keller", "cart", "3.2.1", "keep carts for two hours")),
        (FAULT_AT_S, lambda: shop.deploy("jonas.weber", "orders", "4.18.0", "loyalty points with each order")),
        (385, lambda: shop.change_setting("maria.keller", "catalog", "page_size", 20, 24, "more products on the list page")),
        (520, lambda: shop.run_command("lena.fischer", "shop-db", "psql -c 'SELECT ... FROM pg_stat_activity'",
                                       "who holds the locks?", lambda: _look_at_locks(shop))),
        (570, lambda: shop.roll_back("lena.fischer", "orders", "4.17.2", "checkout fails, sessions wait for loyalty's lock")),
    ]


def _look_at_locks(shop):
    shop.query("SELECT pid, state, wait_event_type, left(query, 60) FROM pg_stat_activity WHERE datname = 'shop'")
