/** Names that machines give, as a person would say them. What is stored keeps its own name. */

/** Units at the end of a metric's name: the value beside it says them already. */
const UNIT = /_(seconds|bytes|total|percent|per_second|connections|cores)$/;
const SHORT = /\b(http|https|db|cpu|io|gc|sql|dns|tcp|rpc|grpc|jvm|ssl|tls|url|api)\b/g;

/** `http_latency_p50_seconds` becomes `HTTP latency p50`. What is not a metric's name stays as it is. */
export function signalName(name: string): string {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(name)) return withoutWildcards(name);
  const words = name.replace(UNIT, "").replaceAll("_", " ");
  return words.replace(SHORT, (word) => word.toUpperCase());
}

/** A sentence in which those names are said as a person would; whatever else looks like a name stays. */
export function withSignalNames(text: string, known: ReadonlySet<string>): string {
  const said = text.replace(/[a-z][a-z0-9]*(?:_[a-z0-9]+)+/g, (name) =>
    known.has(name) ? signalName(name) : name,
  );
  return withoutWildcards(said);
}

/** The holes of a log template, as a person leaves something out. */
export function withoutWildcards(text: string): string {
  if (!text.includes("<*")) return text;
  // A text that was cut may end within one.
  return text.replace(/<\*(?:>|(?=…))/g, "…").replace(/…(?:\s*…)+/g, "…");
}
