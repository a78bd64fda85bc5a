//! Logistic regression with a quadratic penalty, by Newton's method.

/// One case: its features that are not zero, and whether it is positive.
#[derive(Clone, Debug)]
pub struct Case {
    /// Feature and value.
    pub features: Vec<(usize, f64)>,
    /// The label.
    pub positive: bool,
}

/// Steps after which it has surely converged.
const STEPS: usize = 50;
/// A step below this changes nothing that is written.
const SMALL: f64 = 1e-8;

/// Weights that minimise `|w|² / 2 + c · loss`. Feature 0 is the intercept and has no penalty.
pub fn fit<'c>(cases: impl Iterator<Item = &'c Case> + Clone, features: usize, c: f64) -> Vec<f64> {
    let mut w = vec![0.0; features];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = w
            .iter()
            .enumerate()
            .map(|(i, w)| if i == 0 { 0.0 } else { *w })
            .collect();
        let mut hessian = vec![vec![0.0; features]; features];
        for (i, row) in hessian.iter_mut().enumerate() {
            // The intercept's is not zero, lest a set of cases of one label has no solution.
            row[i] = if i == 0 { 1e-9 } else { 1.0 };
        }
        for case in cases.clone() {
            let p = 1.0 / (1.0 + (-score(&w, &case.features)).exp());
            let (error, spread) = (p - f64::from(case.positive), p * (1.0 - p));
            for &(i, x) in &case.features {
                gradient[i] += c * error * x;
                for &(j, y) in &case.features {
                    hessian[i][j] += c * spread * x * y;
                }
            }
        }
        let step = solve(hessian, gradient);
        for (w, s) in w.iter_mut().zip(&step) {
            *w -= s;
        }
        if step.iter().all(|s| s.abs() < SMALL) {
            break;
        }
    }
    w
}

/// The log-odds of a case.
pub fn score(w: &[f64], features: &[(usize, f64)]) -> f64 {
    features.iter().map(|(i, x)| w[*i] * x).sum()
}

/// Solves a system with a symmetric positive matrix (Cholesky).
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for j in 0..n {
        for i in j..n {
            let mut x = a[i][j];
            for k in 0..j {
                x -= a[i][k] * a[j][k];
            }
            a[i][j] = if i == j { x.max(1e-12).sqrt() } else { x / a[j][j] };
        }
    }
    for i in 0..n {
        for k in 0..i {
            b[i] -= a[i][k] * b[k];
        }
        b[i] /= a[i][i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            b[i] -= a[k][i] * b[k];
        }
        b[i] /= a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(features: &[(usize, f64)], positive: bool) -> Case {
        Case {
            features: [&[(0, 1.0)], features].concat(),
            positive,
        }
    }

    #[test]
    fn without_features_the_intercept_is_the_log_odds() {
        let cases = [case(&[], true), case(&[], false), case(&[], false), case(&[], false)];
        let w = fit(cases.iter(), 1, 1.0);
        assert!((w[0] - (1.0f64 / 3.0).ln()).abs() < 1e-6, "{w:?}");
    }

    #[test]
    fn at_the_minimum_the_gradient_is_zero() {
        let cases = [
            case(&[(1, 1.0)], true),
            case(&[(1, 1.0)], true),
            case(&[(1, 1.0)], false),
            case(&[(2, 1.0)], false),
            case(&[(1, 1.0), (2, 1.0)], true),
            case(&[], false),
        ];
        for c in [0.1, 1.0, 10.0] {
            let w = fit(cases.iter(), 3, c);
            for i in 0..3 {
                let loss: f64 = cases
                    .iter()
                    .map(|case| {
                        let x = case.features.iter().find(|f| f.0 == i).map_or(0.0, |f| f.1);
                        (1.0 / (1.0 + (-score(&w, &case.features)).exp()) - f64::from(case.positive)) * x
                    })
                    .sum();
                let gradient = c * loss + if i == 0 { 0.0 } else { w[i] };
                assert!(gradient.abs() < 1e-6, "feature {i}, c {c}: {gradient}");
            }
        }
    }

    #[test]
    fn a_smaller_c_gives_smaller_weights() {
        let cases = [case(&[(1, 1.0)], true), case(&[], false)];
        let weight = |c| fit(cases.iter(), 2, c)[1];
        assert!(weight(0.1) < weight(1.0) && weight(1.0) < weight(10.0));
        assert!(weight(1e6).is_finite());
    }
}
