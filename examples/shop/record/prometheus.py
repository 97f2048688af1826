"""The metrics of a capture: what is asked of Prometheus at the end of a recording. Names say the unit."""

import json
import urllib.parse
import urllib.request

STEP_S = 5
CLOCK = "[20s]"
TIMEOUTS = 'client_requests_total{outcome="timeout"}'


def _rate(counter):
    return f"sum by (service) (rate({counter}{CLOCK}))"


def _share(part, whole):
    """Part of whole, 0 where there was no such part."""
    return f"({_rate(part)} or {_rate(whole)} * 0) / ({_rate(whole)} > 0)"


def _quantile(q):
    return f"histogram_quantile({q}, sum by (service, le) (rate(http_request_duration_seconds_bucket{CLOCK})))"


QUERIES = {
    "up": "min by (service) (up)",
    "http_requests_per_second": _rate("http_requests_total"),
    "http_error_ratio": _share('http_requests_total{code=~"5.."}', "http_requests_total"),
    "http_client_error_ratio": _share('http_requests_total{code=~"4.."}', "http_requests_total"),
    "http_latency_p50_seconds": _quantile(0.5),
    "http_latency_p99_seconds": _quantile(0.99),
    "http_requests_in_flight": "sum by (service) (http_requests_in_flight)",
    "outgoing_calls_per_second": _rate("client_requests_total"),
    "outgoing_call_failure_ratio": _share('client_requests_total{outcome!="ok"}', "client_requests_total"),
    "outgoing_call_timeouts_per_second": f"({_rate(TIMEOUTS)} or {_rate('client_requests_total')} * 0)",
    "outgoing_call_retries_per_second": f"({_rate('client_retries_total')} or {_rate('client_requests_total')} * 0)",
    "orders_placed_per_second": _rate("orders_placed_total"),
    "db_pool_in_use_connections": "sum by (service) (db_pool_in_use)",
    "db_pool_limit_connections": "sum by (service) (db_pool_limit)",
    "db_pool_waiting_requests": "sum by (service) (db_pool_waiting)",
    "warehouse_slots_in_use": "sum by (service) (warehouse_slots_in_use)",
    "warehouse_slots_limit": "sum by (service) (warehouse_slots_limit)",
    "warehouse_slots_waiting_requests": "sum by (service) (warehouse_slots_waiting)",
    "process_cpu_cores": 'sum by (service) (rate(process_cpu_seconds_total{job="services"}[20s]))',
    "process_resident_memory_bytes": 'sum by (service) (process_resident_memory_bytes{job="services"})',
    "process_uptime_seconds": 'time() - max by (service) (process_start_time_seconds{job="services"})',
    "process_open_files": 'sum by (service) (process_open_fds{job="services"})',
    "nodejs_heap_used_bytes": "sum by (service) (nodejs_heap_size_used_bytes)",
    "nodejs_external_memory_bytes": "sum by (service) (nodejs_external_memory_bytes)",
    "nodejs_event_loop_lag_p99_seconds": "max by (service) (nodejs_eventloop_lag_p99_seconds)",
    "memory_usage_bytes": "sum by (service) (shop_memory_usage_bytes)",
    "memory_limit_bytes": "sum by (service) (shop_memory_limit_bytes)",
    "nginx_connections_active": "sum by (service) (nginx_connections_active)",
    "db_up": "min by (service) (pg_up)",
    "db_sessions_active": "sum by (service) (shop_sessions_active)",
    "db_sessions_idle_in_transaction": "sum by (service) (shop_sessions_idle_in_transaction)",
    "db_sessions": "sum by (service) (shop_sessions_total)",
    "db_lock_waiting_sessions": "sum by (service) (shop_lock_waits_sessions)",
    "db_longest_transaction_seconds": "max by (service) (shop_longest_transaction_seconds)",
    "db_commits_per_second": 'sum by (service) (rate(pg_stat_database_xact_commit{datname="shop"}[20s]))',
    "db_rollbacks_per_second": 'sum by (service) (rate(pg_stat_database_xact_rollback{datname="shop"}[20s]))',
    "db_rows_read_per_second": 'sum by (service) (rate(pg_stat_database_tup_returned{datname="shop"}[20s]))',
    "db_rows_inserted_per_second": 'sum by (service) (rate(pg_stat_database_tup_inserted{datname="shop"}[20s]))',
    "db_size_bytes": 'sum by (service) (pg_database_size_bytes{datname="shop"})',
    "disk_free_bytes": 'min by (service) (node_filesystem_avail_bytes{service="shop-db"})',
    "disk_size_bytes": 'min by (service) (node_filesystem_size_bytes{service="shop-db"})',
    "redis_up": "min by (service) (redis_up)",
    "redis_connected_clients": "sum by (service) (redis_connected_clients)",
    "redis_memory_used_bytes": "sum by (service) (redis_memory_used_bytes)",
    "redis_commands_per_second": _rate("redis_commands_processed_total"),
    "redis_key_misses_per_second": _rate("redis_keyspace_misses_total"),
    "cpu_busy_ratio": '1 - avg by (service) (rate(node_cpu_seconds_total{mode="idle",service="host"}[20s]))',
    "load1": 'max by (service) (node_load1{service="host"})',
    "memory_available_bytes": 'min by (service) (node_memory_MemAvailable_bytes{service="host"})',
    "disk_written_bytes_per_second": 'sum by (service) (rate(node_disk_written_bytes_total{service="host",device!~"loop.*"}[20s]))',
}


def collect(address, start_s, end_s):
    """Rows (time in s, service, metric, value) of all queries."""
    for metric, query in QUERIES.items():
        for series in _query_range(address, query, start_s, end_s):
            service = series["metric"]["service"]
            for time_s, value in series["values"]:
                if value not in ("NaN", "+Inf", "-Inf"):
                    yield time_s, service, metric, float(value)


def _query_range(address, query, start_s, end_s):
    arguments = urllib.parse.urlencode({"query": query, "start": start_s, "end": end_s, "step": STEP_S})
    with urllib.request.urlopen(f"{address}/api/v1/query_range?{arguments}", timeout=30) as answer:
        return json.load(answer)["data"]["result"]
