//! Who calls whom, declared by the capture or learnt from its spans.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::telemetry::{Call, Spans, Symbol, Telemetry};

/// Calls in the order of names.
pub fn calls(telemetry: &Telemetry) -> Vec<Call> {
    let mut calls: BTreeSet<Call> = telemetry.calls.iter().copied().collect();
    calls.extend(learnt(&telemetry.spans));
    let mut calls: Vec<Call> = calls.into_iter().filter(|call| call.caller != call.callee).collect();
    let name = |service| telemetry.symbols.name(service);
    calls.sort_by(|a, b| (name(a.caller), name(a.callee)).cmp(&(name(b.caller), name(b.callee))));
    calls
}

/// A span whose parent belongs to another service is a call; so is a client span that names its peer.
fn learnt(spans: &Spans) -> BTreeSet<Call> {
    let mut calls = BTreeSet::new();
    let services: HashMap<(Symbol, u64), Symbol> = spans
        .trace
        .iter()
        .zip(&spans.span)
        .zip(&spans.service)
        .map(|((&trace, &span), &service)| ((trace, span), service))
        .collect();
    let mut last = None;
    for (place, &callee) in spans.service.iter().enumerate() {
        if let Some(&Some(peer)) = spans.peer.get(place)
            && peer != callee
        {
            calls.insert(Call { caller: callee, callee: peer });
        }
        let Some(Some(parent)) = spans.parent.get(place) else { continue };
        let Some(&caller) = services.get(&(spans.trace[place], *parent)) else { continue };
        if caller != callee && last != Some((caller, callee)) {
            calls.insert(Call { caller, callee });
            last = Some((caller, callee));
        }
    }
    calls
}

/// Services as neighbours.
#[derive(Debug, Default)]
pub struct Graph<'a> {
    callers: BTreeMap<&'a str, BTreeSet<&'a str>>,
    callees: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Graph<'a> {
    pub fn of(telemetry: &'a Telemetry, calls: &[Call]) -> Self {
        let mut graph = Self::default();
        for call in calls {
            let caller = telemetry.symbols.name(call.caller);
            let callee = telemetry.symbols.name(call.callee);
            graph.callees.entry(caller).or_default().insert(callee);
            graph.callers.entry(callee).or_default().insert(caller);
        }
        graph
    }

    pub fn calls(&self, caller: &str, callee: &str) -> bool {
        self.callees.get(caller).is_some_and(|callees| callees.contains(callee))
    }

    /// One of them calls the other.
    pub fn are_neighbours(&self, one: &str, other: &str) -> bool {
        self.calls(one, other) || self.calls(other, one)
    }

    /// Those that call or are called, in no particular order and some twice.
    pub fn services(&self) -> impl Iterator<Item = &'a str> {
        self.callers.keys().chain(self.callees.keys()).copied()
    }

    pub fn neighbours(&self, service: &str) -> impl Iterator<Item = &'a str> {
        let callers = self.callers.get(service).into_iter().flatten();
        callers.chain(self.callees.get(service).into_iter().flatten()).copied()
    }
}

/// Services in the order of calls, the entry first, with their distance from it; services that nothing reaches from
/// the entry come last, by name. Without an entry that calls someone, those that nobody calls stand for it.
pub fn in_call_order(
    services: &BTreeSet<String>,
    calls: &[(String, String)],
    entry: Option<&str>,
) -> Vec<(String, u32)> {
    let mut callees: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut called: BTreeSet<&str> = BTreeSet::new();
    for (caller, callee) in calls {
        callees.entry(caller).or_default().push(callee);
        called.insert(callee);
    }
    let roots: Vec<&str> = match entry.filter(|entry| callees.contains_key(entry)) {
        Some(entry) => vec![entry],
        None => callees.keys().copied().filter(|caller| !called.contains(caller)).collect(),
    };
    let mut depths: BTreeMap<&str, u32> = roots.iter().map(|&root| (root, 0)).collect();
    let mut frontier = roots;
    let mut depth = 0;
    while !frontier.is_empty() {
        depth += 1;
        let mut next = Vec::new();
        for service in frontier {
            for &callee in callees.get(service).into_iter().flatten() {
                if !depths.contains_key(callee) {
                    depths.insert(callee, depth);
                    next.push(callee);
                }
            }
        }
        frontier = next;
    }
    let unreached = depths.values().max().map_or(0, |deepest| deepest + 1);
    let mut ordered: Vec<(String, u32)> = services
        .iter()
        .map(|service| (service.clone(), depths.get(service.as_str()).copied().unwrap_or(unreached)))
        .collect();
    ordered.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_follow_the_calls_from_the_entry() {
        let services = ["cart", "gateway", "orders", "host", "db"].map(str::to_owned).into_iter().collect();
        let calls = [("gateway", "orders"), ("orders", "db"), ("gateway", "cart"), ("cart", "db")];
        let calls: Vec<_> = calls.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let order = in_call_order(&services, &calls, Some("gateway"));
        let order: Vec<(&str, u32)> = order.iter().map(|(name, depth)| (name.as_str(), *depth)).collect();
        assert_eq!(order, [("gateway", 0), ("cart", 1), ("orders", 1), ("db", 2), ("host", 3)]);
    }
}
