"""The gain share of examples/stour-valley, worked out by hand in the contract as it stands and in North Stour."""

from fractions import Fraction

from by_hand import NORMAL, half_even, largest_remainder, run, together, triangular

PERIODS = ["2026/27", "2027/28", "2028/29"]
# The budget in pennies in the first year, and the sharing rate in percent.
PLACES = {"The contract as it stands": (12_000_000_000, 50), "North Stour": (3_000_000_000, 40)}
# Admissions per 100,000 and percent at home, both in hundredths.
BASELINES = (2_431_000, 7_930)
TARGETS = [(2_380_000, 8_200), (2_310_000, 8_400), (2_240_000, 8_400)]
LIMIT = 5_000_000


def credit(figure, baseline, target):
    return min(max(Fraction(figure - baseline, target - baseline), Fraction(0)), Fraction(1))


def draw(budget, random_):
    """The cost in pennies and the two measures in hundredths. Cost and admissions rise together."""
    of_cost, of_admissions = together(random_, 0.6)
    mean = 0.99 * budget
    cost = round(mean + 0.03 * mean * NORMAL.inv_cdf(of_cost))
    admissions = round(100 * triangular(of_admissions, 21_900, 23_300, 25_000))
    # A beta between two ends whose mean is half way, without a standard deviation: its parameters sum to six.
    at_home = round(100 * (74 + 16 * random_.betavariate(3, 3)))
    return cost, admissions, at_home


def settled(place, period, random_):
    first, rate = place
    budget = first * 1024**period // 1000**period
    cost, *measures = draw(budget, random_)
    admissions, at_home = (credit(*of) for of in zip(measures, BASELINES, TARGETS[period]))
    quality = (60 * admissions + 40 * at_home) / 100
    saving = budget - cost
    shareable = saving if 100 * abs(saving) >= 2 * budget else 0
    share = Fraction(rate * shareable, 100)
    earned = quality * share if share > 0 else share
    payable = min(max(earned, Fraction(-5 * budget, 100)), Fraction(budget, 10))
    payable = half_even(payable.numerator, payable.denominator)
    parts = largest_remainder(payable, {"acute": 40, "community": 35, "council": 20, "ageing_well": 5})
    if parts["ageing_well"] < -LIMIT:
        # The charity loses at most £50,000; the others bear the rest as they share.
        parts = largest_remainder(payable + LIMIT, {"acute": 40, "community": 35, "council": 20})
        parts["ageing_well"] = -LIMIT
    return {**parts, "alliance_fund": -payable}


if __name__ == "__main__":
    run(PERIODS, PLACES, settled)
