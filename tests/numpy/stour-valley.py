"""The gain share of examples/stour-valley to four partners, in NumPy and whole pennies, in both of its places."""

import math

import numpy as np
from distribution import LARGEST, half_even, largest_remainder, normal_cdf, run

PERIODS = ["2026/27", "2027/28", "2028/29"]
# The budget of the first year in pennies, and the sharing rate as a fraction.
PLACES = {"The contract as it stands": (12_000_000_000, (1, 2)), "North Stour": (3_000_000_000, (2, 5))}
# A sharing rate of 60 % and not 50 %.
NEARLY = (12_000_000_000, (3, 5))
# Admissions per 100,000 and percent at home, both in hundredths.
BASELINES = (2_431_000, 7_930)
TARGETS = [(2_380_000, 8_200), (2_310_000, 8_400), (2_240_000, 8_400)]
LIMIT = 5_000_000


def triangular(chance, least, likely, most):
    """The figures of a triangular distribution below which these chances lie."""
    width, left = most - least, likely - least
    rising = least + np.sqrt(chance * width * left)
    falling = most - np.sqrt((1 - chance) * width * (most - likely))
    return np.where(chance * width < left, rising, falling)


def drawn(budget, generator, draws):
    # Normal figures that correlate so that their ranks correlate by 0.6.
    by = 2 * math.sin(math.pi * 0.6 / 6)
    of_cost, own = generator.standard_normal((2, draws))
    of_admissions = normal_cdf(by * of_cost + math.sqrt(1 - by * by) * own)
    cost = np.rint(0.99 * budget * (1 + 0.03 * of_cost)).astype(np.int64)
    admissions = np.rint(100 * triangular(of_admissions, 21_900, 23_300, 25_000)).astype(np.int64)
    at_home = np.rint(100 * (74 + 16 * generator.beta(3, 3, draws))).astype(np.int64)
    return cost, admissions, at_home


def year(budget, rate, period, generator, draws):
    cost, admissions, at_home = drawn(budget, generator, draws)
    to_fall, to_rise = BASELINES[0] - TARGETS[period][0], TARGETS[period][1] - BASELINES[1]
    fallen = np.clip(BASELINES[0] - admissions, 0, to_fall)
    risen = np.clip(at_home - BASELINES[1], 0, to_rise)
    # 60 % of the one and 40 % of the other, over five times both.
    quality, whole = 3 * to_rise * fallen + 2 * to_fall * risen, 5 * to_fall * to_rise
    saving = budget - cost
    assert np.abs(saving).max() * whole < LARGEST // rate[0]
    # Fractions are put into their lowest terms first, or they would not fit.
    gain = half_even(saving * quality * rate[0], whole * rate[1])
    loss = half_even(saving * rate[0], rate[1])
    payable = np.where(50 * np.abs(saving) >= budget, np.where(saving > 0, gain, loss), 0)
    payable = np.clip(payable, -budget // 20, budget // 10)
    shares = {"acute": 40, "community": 35, "council": 20, "ageing_well": 5}
    parts = largest_remainder(payable, shares)
    # Ageing Well loses at most £50,000; the others bear the rest as they share.
    limited = parts["ageing_well"] < -LIMIT
    others = largest_remainder(payable + LIMIT, {name: shares[name] for name in ("acute", "community", "council")})
    parts = {name: np.where(limited, others.get(name, -LIMIT), part) for name, part in parts.items()}
    return {**parts, "alliance_fund": -payable}


def settled(place, generator, draws):
    first, rate = place
    return [
        year(first * 1024**period // 1000**period, rate, period, generator, draws) for period in range(len(PERIODS))
    ]


if __name__ == "__main__":
    run("first_three_years", PERIODS, PLACES, settled, NEARLY)
