"""inventory: what is in stock, and reservations of it. Every answer is confirmed by the warehouse."""

import logging

import web
from database import Database
from messages import say
from settings import Settings
from warehouse import Warehouse, WarehouseBusy

log = logging.getLogger("inventory")
app = web.create_app()
database = Database(size=8)
settings = Settings({"warehouse_connections": 12}, on_change=lambda fresh: warehouse.resize(fresh["warehouse_connections"]))
warehouse = Warehouse(settings["warehouse_connections"])


@app.get("/stock/<sku>")
def read_stock(sku):
    _ask_warehouse(sku)
    row = database.run(lambda connection: connection.execute(
        "SELECT on_hand - reserved FROM stock WHERE sku = %s", (sku,)).fetchone())
    if row is None:
        raise web.Failure(404, "no such product")
    return {"sku": sku, "available": row[0]}


@app.post("/reservations")
def reserve():
    items = sorted(web.request.json["items"], key=lambda item: item["sku"])
    _ask_warehouse(",".join(item["sku"] for item in items))
    missing = database.run(lambda connection: _reserve_all(connection, items))
    if missing:
        log.warning(say("out_of_stock", sku=missing, request_id=web.request_id()))
        raise web.Failure(409, "out of stock")
    log.info(say("reserved", count=len(items), request_id=web.request_id()))
    return {"reserved": len(items)}


def _reserve_all(connection, items):
    """The first sku that is not there in the wanted number, or None when all are reserved."""
    for item in items:
        cursor = connection.execute(
            "UPDATE stock SET reserved = reserved + %s WHERE sku = %s AND on_hand - reserved >= %s",
            (item["quantity"], item["sku"], item["quantity"]))
        if cursor.rowcount == 0:
            connection.rollback()
            return item["sku"]
    return None


def _ask_warehouse(subject):
    try:
        warehouse.ask()
    except WarehouseBusy:
        log.error(say("warehouse_busy", subject=subject, request_id=web.request_id(), **warehouse.describe()))
        raise web.Failure(503, "warehouse busy") from None


web.serve(app)
