"""orders: takes an order: reserve the goods, take the money, write it down."""

import logging

from prometheus_client import Counter

import web
from database import Database
from messages import say
from peers import call

log = logging.getLogger("orders")
app = web.create_app()
database = Database(size=8)
PLACED = Counter("orders_placed", "orders written down")


@app.post("/orders")
def place_order():
    draft = web.request.json
    total = sum(item["price_cents"] * item["quantity"] for item in draft["items"])
    call("inventory", "POST", "/reservations", {"items": draft["items"]}, timeout_s=0.8, attempts=3)
    call("payments", "POST", "/payments", {"user": draft["user"], "amount_cents": total}, timeout_s=2, attempts=2)
    order_id = database.run(lambda connection: insert_order(connection, draft, total))
    PLACED.inc()
    log.info(say("order_placed", order_id=order_id, total=f"{total / 100:.2f}", items=len(draft["items"]), request_id=web.request_id()))
    return {"id": order_id, "total_cents": total}, 201


@app.get("/orders/<int:order_id>")
def read_order(order_id):
    row = database.run(lambda connection: connection.execute(
        "SELECT email, total_cents, state FROM orders WHERE id = %s", (order_id,)).fetchone())
    if row is None:
        raise web.Failure(404, "no such order")
    return {"id": order_id, "email": row[0], "total_cents": row[1], "state": row[2]}


def insert_order(connection, draft, total):
    (order_id,) = connection.execute(
        "INSERT INTO orders (email, total_cents) VALUES (%s, %s) RETURNING id", (draft["email"], total)).fetchone()
    for item in draft["items"]:
        connection.execute(
            "INSERT INTO order_items (order_id, sku, quantity, price_cents) VALUES (%s, %s, %s, %s)",
            (order_id, item["sku"], item["quantity"], item["price_cents"]))
    return order_id


web.serve(app)
