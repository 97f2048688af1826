//! Spans as trees: who called whom, and to whom each microsecond belongs.
//!
//! The time of a span that its children do not cover is its own (self time). A call span, whose children all lie in
//! another service, is different: what it spends outside its callee is the way there and back, and what delays the
//! way to a service is most often at that service's end. So that time belongs to the callee. A client span without
//! children that names its peer (a database, a cache) is all the peer's.

use std::collections::HashMap;

use model::telemetry::{Spans, Symbol};

#[derive(Debug, Default)]
pub struct Trees {
    /// Position of the parent span.
    pub parent: Vec<Option<u32>>,
    pub self_us: Vec<i64>,
    /// The service and instance that `self_us` belongs to.
    pub owner: Vec<(Symbol, Option<Symbol>)>,
    /// A call into another service: its self time is the way.
    pub is_call: Vec<bool>,
}

impl Trees {
    pub fn grow(spans: &Spans) -> Self {
        let count = spans.start.len();
        let mut place: HashMap<(Symbol, u64), u32> = HashMap::with_capacity(count);
        for (position, (trace, span)) in spans.trace.iter().zip(&spans.span).enumerate() {
            place.entry((*trace, *span)).or_insert(position as u32);
        }
        let parent: Vec<Option<u32>> = (0..count)
            .map(|position| {
                let parent = place.get(&(spans.trace[position], spans.parent[position]?)).copied()?;
                (parent as usize != position).then_some(parent)
            })
            .collect();

        let end = |position: usize| spans.start[position].as_micros() + spans.duration_us[position].max(0);
        let mut covered = vec![0_i64; count];
        let mut reached: Vec<i64> = spans.start.iter().map(|start| start.as_micros()).collect();
        let mut callee: Vec<Option<u32>> = vec![None; count];
        let mut has_inner_child = vec![false; count];
        // Spans come in the order of their start, so children fill their parent from left to right.
        for (position, above) in parent.iter().enumerate() {
            let Some(above) = above.map(|above| above as usize) else { continue };
            let from = spans.start[position].as_micros().max(reached[above]);
            let to = end(position).min(end(above));
            covered[above] += (to - from).max(0);
            reached[above] = reached[above].max(to);
            if spans.service[above] == spans.service[position] {
                has_inner_child[above] = true;
            } else {
                callee[above] = Some(position as u32);
            }
        }
        let self_us = (0..count).map(|at| (spans.duration_us[at].max(0) - covered[at]).max(0)).collect();
        let is_call: Vec<bool> = (0..count).map(|at| callee[at].is_some() && !has_inner_child[at]).collect();
        let owner = (0..count)
            .map(|at| match callee[at].map(|callee| callee as usize).filter(|_| is_call[at]) {
                Some(callee) => (spans.service[callee], spans.instance[callee]),
                None => match spans.peer.get(at).copied().flatten() {
                    Some(peer) if !has_inner_child[at] => (peer, None),
                    _ => (spans.service[at], spans.instance[at]),
                },
            })
            .collect();
        Self { parent, self_us, owner, is_call }
    }
}
