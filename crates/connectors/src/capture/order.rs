//! Bringing columns into the order of time.

use model::telemetry::Texts;

/// The order of `keys`, stable; `None` when they are in order already.
pub fn by<K: Ord + Copy>(keys: &[K]) -> Option<Vec<u32>> {
    if keys.is_sorted() {
        return None;
    }
    let mut order: Vec<u32> = (0..u32::try_from(keys.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by_key(|&place| keys[place as usize]);
    Some(order)
}

pub fn apply<T: Copy>(order: &[u32], column: &mut Vec<T>) {
    *column = order.iter().map(|&place| column[place as usize]).collect();
}

pub fn apply_to_texts(order: &[u32], texts: &mut Texts) {
    let mut ordered = Texts::default();
    for &place in order {
        ordered.push(texts.get(place as usize));
    }
    *texts = ordered;
}
