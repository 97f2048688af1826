//! Learning: an isolation forest over what several series of a service do at the same moment.
//!
//! Liu, Ting and Zhou, Isolation Forest, ICDM 2008: a point that random cuts separate quickly is unlike the others.
//! Trained on normal moments only, so that moments of the incident stand out however many they are. The seed is
//! fixed: the same capture gives the same trees.

const TREES: usize = 64;
const SAMPLE: usize = 128;

enum Node {
    Leaf { size: usize },
    Split { feature: usize, at: f64, left: usize, right: usize },
}

pub struct Forest {
    trees: Vec<Vec<Node>>,
    /// Mean depth that a tree over one sample reaches.
    usual_depth: f64,
}

/// xorshift64*: small, seeded, good enough for cuts.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Mean path length of an unsuccessful search in a binary tree of `size` points.
fn mean_depth(size: usize) -> f64 {
    match size {
        0 | 1 => 0.0,
        2 => 1.0,
        _ => {
            let size = size as f64;
            2.0 * ((size - 1.0).ln() + 0.577_215_664_9) - 2.0 * (size - 1.0) / size
        }
    }
}

impl Forest {
    /// `points` must not be empty and all of the same width.
    pub fn grow(points: &[Vec<f64>]) -> Self {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let size = SAMPLE.min(points.len());
        let limit = (size as f64).log2().ceil() as usize + 1;
        let trees = (0..TREES)
            .map(|_| {
                let chosen: Vec<usize> = (0..size).map(|_| dice.below(points.len())).collect();
                let mut tree = Vec::new();
                split(points, chosen, limit, &mut dice, &mut tree);
                tree
            })
            .collect();
        Self { trees, usual_depth: mean_depth(size).max(1.0) }
    }

    /// 0.5 for a usual point, towards 1 for one that stands alone.
    pub fn score(&self, point: &[f64]) -> f64 {
        let depth: f64 =
            self.trees.iter().map(|tree| depth(tree, point)).sum::<f64>() / self.trees.len() as f64;
        2_f64.powf(-depth / self.usual_depth)
    }
}

fn split(
    points: &[Vec<f64>],
    chosen: Vec<usize>,
    left_depth: usize,
    dice: &mut Dice,
    tree: &mut Vec<Node>,
) -> usize {
    let here = tree.len();
    tree.push(Node::Leaf { size: chosen.len() });
    if left_depth == 0 || chosen.len() <= 1 {
        return here;
    }
    let width = points[chosen[0]].len();
    let feature = dice.below(width.max(1));
    let values = chosen.iter().map(|point| points[*point][feature]);
    let (low, high) =
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    // Cuts reach a little past what was seen, so that a value outside every normal one is cut off at once.
    let margin = 0.25 * (high - low) + 0.5;
    let at = low - margin + dice.share() * (high - low + 2.0 * margin);
    let (left, right): (Vec<usize>, Vec<usize>) =
        chosen.into_iter().partition(|point| points[*point][feature] < at);
    let left = split(points, left, left_depth - 1, dice, tree);
    let right = split(points, right, left_depth - 1, dice, tree);
    tree[here] = Node::Split { feature, at, left, right };
    here
}

fn depth(tree: &[Node], point: &[f64]) -> f64 {
    let (mut at, mut depth) = (0, 0.0);
    loop {
        match &tree[at] {
            Node::Leaf { size } => return depth + mean_depth(*size),
            Node::Split { feature, at: cut, left, right } => {
                at = if point[*feature] < *cut { *left } else { *right };
                depth += 1.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_far_from_all_stands_out() {
        let points: Vec<Vec<f64>> =
            (0..200).map(|at| vec![f64::from(at % 7) / 7.0, f64::from(at % 11) / 11.0]).collect();
        let forest = Forest::grow(&points);
        let (usual, lone) = (forest.score(&[0.5, 0.5]), forest.score(&[9.0, -7.0]));
        assert!(lone > usual + 0.15, "{usual} {lone}");
    }
}
