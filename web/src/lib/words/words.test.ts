import { expect, test } from "vitest";
import { signalName, withoutWildcards, withSignalNames } from "./words";

test("a metric is named without its underscores and the unit that its value says", () => {
  expect(signalName("http_latency_p50_seconds")).toBe("HTTP latency p50");
  expect(signalName("db_pool_in_use_connections")).toBe("DB pool in use");
  expect(signalName("http_requests_per_second")).toBe("HTTP requests");
  expect(signalName("http_error_ratio")).toBe("HTTP error ratio");
});

test("what is no such name stays as it is", () => {
  for (const name of ["GET /carts/{user} p95", "up", "error lines", "请求失败率", "Bad_Name"])
    expect(signalName(name)).toBe(name);
});

test("the holes of a template read as left out", () => {
  expect(withoutWildcards("页面 home 渲染失败，请求号 <*> (688 ×)")).toBe(
    "页面 home 渲染失败，请求号 … (688 ×)",
  );
  expect(withoutWildcards('POST <*> <*> upstream <*> "<*> <*>"')).toBe('POST … upstream … "…"');
  expect(withoutWildcards("relation <*> after <*…”")).toBe("relation … after …”");
  expect(signalName('extend file "<*>": full')).toBe('extend file "…": full');
});

test("in a sentence only the names of signals are put into words", () => {
  const known = new Set(["db_longest_transaction_seconds"]);
  expect(
    withSignalNames("shop-db: db_longest_transaction_seconds 4 s; lock on order_items, <*>", known),
  ).toBe("shop-db: DB longest transaction 4 s; lock on order_items, …");
});
