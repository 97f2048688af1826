//! Eigenvectors of a small symmetric matrix, by Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).

const MOST_SWEEPS: usize = 30;

/// Pairs of eigenvalue and unit eigenvector, largest value first.
pub fn of_symmetric(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    // Rows of `axes` are the eigenvectors.
    let mut axes: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    for _ in 0..MOST_SWEEPS {
        let off: f64 = (0..size)
            .flat_map(|row| (0..row).map(move |column| (row, column)))
            .map(|(r, c)| matrix[r][c].powi(2))
            .sum();
        let on: f64 = (0..size).map(|at| matrix[at][at].powi(2)).sum();
        if off <= 1e-18 * on {
            break;
        }
        for left in 0..size {
            for right in left + 1..size {
                rotate(&mut matrix, &mut axes, left, right);
            }
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> =
        axes.into_iter().enumerate().map(|(at, axis)| (matrix[at][at], axis)).collect();
    pairs.sort_by(|left, right| right.0.total_cmp(&left.0));
    pairs
}

/// Turns the plane of two axes so that their entry off the diagonal becomes 0.
fn rotate(matrix: &mut [Vec<f64>], axes: &mut [Vec<f64>], left: usize, right: usize) {
    let entry = matrix[left][right];
    if entry == 0.0 {
        return;
    }
    let half = (matrix[right][right] - matrix[left][left]) / (2.0 * entry);
    let tangent = half.signum() / (half.abs() + (half * half + 1.0).sqrt());
    let tangent = if half == 0.0 { 1.0 } else { tangent };
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        let (one, other) = (row[left], row[right]);
        row[left] = cosine * one - sine * other;
        row[right] = sine * one + cosine * other;
    }
    for table in [matrix, axes] {
        for column in 0..table[left].len() {
            let (one, other) = (table[left][column], table[right][column]);
            table[left][column] = cosine * one - sine * other;
            table[right][column] = sine * one + cosine * other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_matrix() {
        let pairs = of_symmetric(vec![vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((pairs[0].0 - 3.0).abs() < 1e-12 && (pairs[1].0 - 1.0).abs() < 1e-12);
        assert!((pairs[0].1[0].abs() - 0.5_f64.sqrt()).abs() < 1e-12);
    }
}
