//! Who calls whom: declared edges, edges seen in spans, edges that metrics name.

use std::collections::{BTreeMap, BTreeSet};

use model::telemetry::Telemetry;

use crate::signal::{Edge, edge_of};
use crate::traces::Trees;

#[derive(Debug, Default)]
pub struct Graph {
    services: BTreeSet<String>,
    callees: BTreeMap<String, BTreeSet<String>>,
    callers: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    pub fn learn(telemetry: &Telemetry, trees: &Trees) -> Self {
        let name = |symbol| telemetry.symbols.name(symbol);
        let mut graph = Self::default();
        let spoken = telemetry.metrics.iter().map(|series| series.service);
        let of_calls = telemetry.calls.iter().flat_map(|call| [call.caller, call.callee]);
        let symbols: BTreeSet<_> = spoken
            .chain(of_calls)
            .chain(telemetry.logs.service.iter().copied())
            .chain(telemetry.spans.service.iter().copied())
            .collect();
        graph.services = symbols.into_iter().map(|symbol| name(symbol).to_owned()).collect();
        graph.services.extend(telemetry.happenings.iter().filter_map(|one| one.service.clone()));
        graph.services.remove("");

        for call in &telemetry.calls {
            graph.add(name(call.caller), name(call.callee));
        }
        let spans = &telemetry.spans;
        let mut seen = BTreeSet::new();
        for (child, parent) in trees.parent.iter().enumerate() {
            let Some(parent) = parent else { continue };
            let edge = (spans.service[*parent as usize], spans.service[child]);
            if edge.0 != edge.1 && seen.insert(edge) {
                graph.add(name(edge.0), name(edge.1));
            }
        }
        for (service, peer) in spans.service.iter().zip(&spans.peer) {
            if let Some(peer) = peer
                && seen.insert((*service, *peer))
            {
                graph.services.insert(name(*peer).to_owned());
                graph.add(name(*service), name(*peer));
            }
        }
        for series in &telemetry.metrics {
            let (service, metric) = (name(series.service), name(series.metric));
            match edge_of(metric, |other| graph.services.contains(other)).map(owned) {
                Some((true, other)) => graph.add(service, &other),
                Some((false, other)) => graph.add(&other, service),
                None => {}
            }
        }
        graph
    }

    fn add(&mut self, caller: &str, callee: &str) {
        if caller == callee || caller.is_empty() || callee.is_empty() {
            return;
        }
        self.callees.entry(caller.to_owned()).or_default().insert(callee.to_owned());
        self.callers.entry(callee.to_owned()).or_default().insert(caller.to_owned());
    }

    pub fn services(&self) -> &BTreeSet<String> {
        &self.services
    }

    pub fn has(&self, service: &str) -> bool {
        self.services.contains(service)
    }

    pub fn callees(&self, service: &str) -> impl Iterator<Item = &str> {
        self.callees.get(service).into_iter().flatten().map(String::as_str)
    }

    pub fn callers(&self, service: &str) -> impl Iterator<Item = &str> {
        self.callers.get(service).into_iter().flatten().map(String::as_str)
    }

    /// All that `service` calls, directly or through others.
    pub fn below(&self, service: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self.callees(service).collect();
        while let Some(next) = open.pop() {
            if next != service && reached.insert(next) {
                open.extend(self.callees(next));
            }
        }
        reached
    }
}

fn owned(edge: Edge<'_>) -> (bool, String) {
    match edge {
        Edge::To(other) => (true, other.to_owned()),
        Edge::From(other) => (false, other.to_owned()),
    }
}
