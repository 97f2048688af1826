"""The pool of database connections and its figures."""

import logging
import os

import psycopg
from prometheus_client import Gauge
from psycopg_pool import ConnectionPool, PoolTimeout

from messages import say
from web import Failure, request_id

log = logging.getLogger("database")
WAIT_S = 3.0


class Database:
    def __init__(self, size):
        self.pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=2, max_size=size, timeout=WAIT_S, open=True)
        Gauge("db_pool_limit", "connections that the pool may open").set(size)
        Gauge("db_pool_in_use", "connections handed out").set_function(self._in_use)
        Gauge("db_pool_waiting", "requests that wait for a connection").set_function(lambda: self.pool.get_stats().get("requests_waiting", 0))

    def _in_use(self):
        stats = self.pool.get_stats()
        return stats["pool_size"] - stats["pool_available"]

    def run(self, work):
        """Runs work(connection) in one transaction; says in the log what the database refused."""
        try:
            with self.pool.connection() as connection:
                return work(connection)
        except PoolTimeout:
            stats = self.pool.get_stats()
            log.error(say("pool_timeout", seconds=WAIT_S, in_use=self._in_use(), limit=self.pool.max_size,
                          waiting=stats.get("requests_waiting", 0), request_id=request_id()))
            raise Failure(503, "no database connection") from None
        except psycopg.Error as error:
            state = error.sqlstate or "-"
            log.error(say("database_error", state=state, error=str(error).strip().splitlines()[0] if str(error) else type(error).__name__, request_id=request_id()))
            raise Failure(500, "database error") from error
