"""The shared savings of examples/accountable-care, worked out by hand: cost for each person from three base years, risk
that counts up to 3 %, a corridor of 2 %, quality that opens gains alone, and a limit on what one partner loses."""

from fractions import Fraction

from by_hand import half_even, largest_remainder, run, triangular

PERIODS = ["2027/28", "2028/29"]
# The sharing rate in percent.
PLACES = {"The contract as it stands": 50}
# Pennies for each person in the base years, by their weights in percent.
BASE_YEARS = {184_000: 10, 190_500: 30, 196_000: 60}
GROWTH = [Fraction(0), Fraction(31, 1000)]
# Avoidable admissions, readmissions and medicines reviewed, in hundredths: weight, baseline, targets.
MEASURES = [
    (40, 91_200, [88_000, 85_000]),
    (30, 1_480, [1_430, 1_380]),
    (30, 5_500, [6_300, 7_000]),
]
LOSS, GAIN, LIMIT = -360_000_000, 600_000_000, 105_000_000
SHARES = {"practices": 45, "hospital": 35, "community": 20}


def within(figure, least, most):
    return min(max(figure, least), most)


def quality(period, random_):
    drawn = [
        round(100 * triangular(random_.random(), *ends))
        for ends in ((840, 885, 930), (13.6, 14.4, 15.2), (54, 61, 72))
    ]
    credits = [
        weight * within(Fraction(figure - baseline, targets[period] - baseline), 0, 1)
        for figure, (weight, baseline, targets) in zip(drawn, MEASURES)
    ]
    return Fraction(sum(credits), 100)


def settled(rate, period, random_):
    people = round(random_.normalvariate(62_000, 620))
    risk = Fraction(round(10_000 * triangular(random_.random(), -0.02, 0.005, 0.04)), 10_000)
    cost = round(random_.normalvariate(11_900_000_000, 357_000_000))
    opened = within((quality(period, random_) - Fraction(30, 100)) / Fraction(40, 100), 0, 1)
    per_person = sum(Fraction(pennies * weight, 100) for pennies, weight in BASE_YEARS.items())
    expected = people * per_person * (1 + GROWTH[period])
    benchmark = expected * (1 + within(risk, Fraction(-3, 100), Fraction(3, 100)))
    saving, threshold = benchmark - cost, benchmark * 2 / 100
    if saving > threshold:
        earned = opened * rate * (saving - threshold) / 100
    elif saving < -threshold:
        earned = Fraction(40, 100) * (saving + threshold)
    else:
        earned = Fraction(0)
    payable = within(earned, Fraction(LOSS), Fraction(GAIN))
    payable = half_even(payable.numerator, payable.denominator)
    parts = largest_remainder(payable, SHARES)
    if parts["practices"] < -LIMIT:
        # The practices lose at most £1,050,000; the others bear the rest as they share.
        parts = largest_remainder(payable + LIMIT, {"hospital": 35, "community": 20})
        parts["practices"] = -LIMIT
    return {**parts, "icb": -payable}


if __name__ == "__main__":
    run(PERIODS, PLACES, settled)
