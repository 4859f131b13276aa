"""The shared savings of examples/accountable-care, worked out by hand: a corridor of 2 %, and quality on gains alone."""

from fractions import Fraction

from by_hand import half_even, largest_remainder, run, triangular

PERIODS = ["2027/28", "2028/29"]
PLACES = {"The contract as it stands": 15_000_000_000}
BASELINE = 2_431_000
TARGETS = [2_380_000, 2_310_000]


def settled(benchmark, period, random_):
    mean = 0.99 * benchmark
    cost = round(random_.normalvariate(mean, 0.02 * mean))
    admissions = round(100 * triangular(random_.random(), 23_200, 23_950, 24_700))
    progress = Fraction(BASELINE - admissions, BASELINE - TARGETS[period])
    quality = min(max(progress, Fraction(0)), Fraction(1))
    saving, threshold = benchmark - cost, 2 * benchmark // 100
    if saving > threshold:
        counted = saving - threshold
    elif saving < -threshold:
        counted = saving + threshold
    else:
        counted = 0
    share = Fraction(counted, 2)
    earned = quality * share if share > 0 else share
    payable = min(max(earned, Fraction(-3 * benchmark, 100)), Fraction(5 * benchmark, 100))
    payable = half_even(payable.numerator, payable.denominator)
    return {**largest_remainder(payable, {"provider": 60, "second_provider": 40}), "commissioner": -payable}


if __name__ == "__main__":
    run(PERIODS, PLACES, settled)
