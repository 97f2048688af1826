"""A typing mistake in a setting of inventory: one connection to the warehouse instead of twelve."""

LANGUAGE = "en"
TIMEZONE = "Europe/Berlin"
TITLE = "Product pages and checkout time out"
SEVERITY = "SEV2"
STORY = """
To spare the warehouse's system, inventory's `warehouse_connections` is lowered from 12 to 1 (meant was 10). One connection answers
about 5 questions a second. Callers wait, give up after 800 ms and ask again at once, three times; the users reload the page. Inventory
goes on working for callers who have left. Product pages and checkout fail. Repaired by putting the setting back. Before it, payments
was deployed and a setting of catalog changed: both harmless.
"""
TRUTH = {"service": "inventory", "signal": "warehouse_slots_waiting_requests", "fault": "config change: concurrency limit 12 -> 1, retry storm"}
LENGTH_S = 740
FAULT_AT_S = 330


def steps(shop):
    return [
        (120, lambda: shop.change_setting("maria.keller", "catalog", "page_size", 20, 24, "more products on the list page")),
        (285, lambda: shop.deploy("tom.berger", "payments", "6.0.4", "keep idle database connections longer")),
        (FAULT_AT_S, lambda: shop.change_setting("jonas.weber", "inventory", "warehouse_connections", 12, 1, "spare the warehouse during its backup")),
        (560, lambda: shop.change_setting("lena.fischer", "inventory", "warehouse_connections", 1, 12, "revert: requests queue for the warehouse")),
    ]
