//! The normal, beta and gamma distributions as functions.

use libm::{erfc, exp, fabs, lgamma, log, log1p, sqrt};

/// How many terms a series or fraction may take.
const TERMS: u32 = 500;
const SMALL: f64 = 1e-15;
const TINY: f64 = 1e-300;

/// The chance that a standard normal figure is at most `z`.
pub(super) fn normal(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

/// The standard normal figure below which lies this chance: Acklam's approximation, made exact by one step of Halley.
pub(super) fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let p = p.clamp(TINY, 1.0 - f64::EPSILON / 2.0);
    let tail = |p: f64| {
        let q = sqrt(-2.0 * log(p));
        polynomial(&C, q) / polynomial(&D, q)
    };
    let z = if p < 0.024_25 {
        tail(p)
    } else if p > 1.0 - 0.024_25 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    };
    let error = (normal(z) - p) * sqrt(2.0 * std::f64::consts::PI) * exp(z * z / 2.0);
    if error.is_finite() { z - error / (1.0 + z * error / 2.0) } else { z }
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The chance that a beta figure with parameters `a` and `b` is at most `x`: a continued fraction after Lentz.
pub(super) fn beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_nought = |value: f64| if fabs(value) < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_nought(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_nought(1.0 + even * d);
        c = away_from_nought(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_nought(1.0 + odd * d);
        c = away_from_nought(1.0 + odd / c);
        fraction *= d * c;
        if fabs(d * c - 1.0) < SMALL {
            break;
        }
    }
    fraction
}

/// The chance that a gamma figure of shape `k` and scale 1 is at most `x`: a series below, a fraction above.
pub(super) fn gamma(k: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = exp(k * log(x) - x - lgamma(k));
    if x < k + 1.0 {
        let mut term = 1.0 / k;
        let mut sum = term;
        for n in 1..TERMS * 20 {
            term *= x / (k + f64::from(n));
            sum += term;
            if term < sum * SMALL {
                break;
            }
        }
        return front * sum;
    }
    let mut b = x + 1.0 - k;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for n in 1..TERMS * 20 {
        let n = f64::from(n);
        let a = -n * (n - k);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        fraction *= d * c;
        if fabs(d * c - 1.0) < SMALL {
            break;
        }
    }
    1.0 - front * fraction
}

/// The logarithm of the chance of exactly `n`, where `mean` are expected.
pub(super) fn poisson_log(mean: f64, n: f64) -> f64 {
    n * log(mean) - mean - lgamma(n + 1.0)
}

/// The logarithm of the chance of exactly `n` out of `of`.
pub(super) fn binomial_log(of: f64, chance: f64, n: f64) -> f64 {
    lgamma(of + 1.0) - lgamma(n + 1.0) - lgamma(of - n + 1.0) + n * log(chance) + (of - n) * log1p(-chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!(fabs(found - expected) < 1e-9 * expected.abs().max(1e-3), "{found} is not {expected}");
    }

    #[test]
    fn known_values_of_each() {
        near(normal_quantile(0.975), 1.959_963_984_540_054);
        near(normal_quantile(0.001), -3.090_232_306_167_813_5);
        near(normal(1.0), 0.841_344_746_068_543);
        near(beta(2.0, 3.0, 0.4), 0.5248);
        near(beta(2.0, 3.0, 0.9), 0.9963);
        near(gamma(1.0, 2.0), 1.0 - exp(-2.0));
        near(gamma(3.0, 1.0), 1.0 - 2.5 * exp(-1.0));
        near(exp(poisson_log(3.0, 2.0)), 4.5 * exp(-3.0));
        near(exp(binomial_log(10.0, 0.5, 5.0)), 252.0 / 1024.0);
    }

    #[test]
    fn the_quantile_undoes_the_chance() {
        for step in -70..70 {
            let z = f64::from(step) / 10.0;
            if normal(z) < 0.999_999_9 {
                assert!(fabs(normal_quantile(normal(z)) - z) < 1e-8, "{z}");
            }
        }
    }
}
