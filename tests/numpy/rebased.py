"""tests/simulation/rebased.jcm in NumPy: a bank that is carried forward, a baseline that half of each year's saving moves, and
the fees of twelve clinics. Amounts are counted in eighths of a penny, of which each halving takes one power of two."""

import numpy as np
from distribution import half_even, largest_remainder, run

PERIODS = ["2026/27", "2027/28", "2028/29"]
# What the bank holds at most, in pennies.
PLACES = {"The contract as it stands": 60_000_000}
NEARLY = 63_000_000
EIGHTHS = 8
LEAST = -20_000_000
CLINICS = 12


def settled(most, generator, draws):
    baseline = np.full(draws, 10_000_000_000 * EIGHTHS)
    bank = np.zeros(draws, np.int64)
    years = []
    for period in range(len(PERIODS)):
        normal = generator.normal(9_900_000_000, 0.015 * 9_900_000_000, draws)
        winter = 90_000_000 * (generator.random(draws) < 0.2)
        cost = EIGHTHS * np.rint(normal - 40_000_000 * period + winter).astype(np.int64)
        # Three halvings in three years, and eighths hold them.
        half, odd = np.divmod(baseline - cost, 2)
        assert not odd.any()
        before = bank + half
        bank = np.clip(before, LEAST * EIGHTHS, most * EIGHTHS)
        baseline = baseline - half
        paid = half_even(before - bank, EIGHTHS)
        shares = {"acute": 60, "community": 40}
        parts = largest_remainder(paid, shares)
        if period == len(PERIODS) - 1:
            left = largest_remainder(half_even(bank, EIGHTHS), shares)
            parts = {name: part + left[name] for name, part in parts.items()}
        visits = generator.poisson(92, (CLINICS, draws))
        parts["community"] = parts["community"] + np.minimum(4_137 * visits, 400_000).sum(axis=0)
        years.append({"icb": -(parts["acute"] + parts["community"]), **parts})
    return years


if __name__ == "__main__":
    run("as_drawn", PERIODS, PLACES, settled, NEARLY)
