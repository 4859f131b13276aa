"""Holds what `jcm simulate --format json` says against draws and a rule written here by hand.

Nothing of JCM is used: the draws come from the standard library, and the amounts are whole pennies. Both sides are
samples, so they differ by chance, and are held to what chance allows. With n draws there and m here, an expected amount
may differ by four standard errors of the difference; a quantile there must lie between the quantiles here of the chances
p - d and p + d, where d = 4 sqrt(p (1 - p) (1/n + 1/m)); and a chance may differ by d. Where both follow one rule, one such
figure in 16,000 lies outside. The seeds are fixed: what holds once holds always.
"""

import json
import math
import random
import sys
from statistics import NormalDist, fmean, stdev

ERRORS = 4
DRAWS = 20_000
NORMAL = NormalDist()


def together(random_, rank):
    """Two chances whose ranks correlate so, by normal figures that correlate."""
    by = 2 * math.sin(math.pi * rank / 6)
    first, own = (NORMAL.inv_cdf(1 - random_.random()) for _ in range(2))
    return NORMAL.cdf(first), NORMAL.cdf(by * first + math.sqrt(1 - by * by) * own)


def triangular(chance, least, likely, most):
    """The figure of a triangular distribution below which a chance lies."""
    width = most - least
    if chance * width < likely - least:
        return least + math.sqrt(chance * width * (likely - least))
    return most - math.sqrt((1 - chance) * width * (most - likely))


def half_even(above, below):
    """The whole number nearest to a fraction; of two as near, the even one."""
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


def largest_remainder(amount, shares):
    """Pennies split by whole shares; what is over goes to the largest remainders, the first named first."""
    size, total = abs(amount), sum(shares.values())
    parts = {name: size * share // total for name, share in shares.items()}
    rests = sorted(shares, key=lambda name: -(size * shares[name] % total))
    for name in rests[: size - sum(parts.values())]:
        parts[name] += 1
    return {name: part if amount >= 0 else -part for name, part in parts.items()}


def run(periods, places, settled):
    """Draws, settles, compares, and ends with the number of figures that lie too far apart.

    `settled` gives, for the place, the period and the source of chance, the pennies of each party.
    """
    told = json.load(sys.stdin)
    apart = []
    if told["periods"] != periods:
        apart.append(f"the periods are {told['periods']}, by hand {periods}")
    if [place["title"] for place in told["places"]] != list(places):
        apart.append(f"the places are {[place['title'] for place in told['places']]}, by hand {list(places)}")
    compared = 0
    for place in told["places"]:
        random_ = random.Random(20_260_401)
        drawn = [
            [settled(places[place["title"]], period, random_) for period in range(len(periods))]
            for _ in range(DRAWS)
        ]
        parties = {party["name"]: party for party in place["parties"]}
        if parties.keys() != drawn[0][0].keys():
            apart.append(f"the parties are {sorted(parties)}, by hand {sorted(drawn[0][0])}")
            continue
        for name, party in parties.items():
            where = f"{place['title']}, {name}"
            for period, statistics in enumerate(party["periods"]):
                amounts = [draw[period][name] for draw in drawn]
                apart += differences(f"{where}, {periods[period]}", amounts, statistics, told["runs"])
            amounts = [sum(year[name] for year in draw) for draw in drawn]
            apart += differences(f"{where}, all periods", amounts, party["all"], told["runs"])
            compared += 5 * (len(periods) + 1)
    for line in apart:
        print(line)
    print(f"{compared} figures compared, {len(apart)} too far apart")
    sys.exit(1 if apart or not compared else 0)


def differences(where, pennies, told, runs):
    """What is told of one amount and lies too far from the amounts drawn here."""
    amounts = sorted(amount / 100 for amount in pennies)
    count = len(amounts)
    found = []

    def hold(what, least, figure, most):
        if not least <= float(figure) <= most:
            found.append(f"{where}: {what} is {figure}, by hand between {least:.2f} and {most:.2f}")

    def aside(chance):
        return ERRORS * math.sqrt(chance * (1 - chance) * (1 / runs + 1 / count))

    mean = fmean(amounts)
    error = ERRORS * math.hypot(stdev(amounts) / math.sqrt(count), float(told["standard error"]))
    hold("expected", mean - error, told["expected"], mean + error)
    for key, chance in {"5%": 0.05, "50%": 0.5, "95%": 0.95}.items():
        ends = [amounts[max(0, math.ceil(p * count) - 1)] for p in (chance - aside(chance), chance + aside(chance))]
        hold(key, ends[0] - 0.005, told[key], ends[1] + 0.005)
    losses = sum(amount < 0 for amount in amounts) / count
    hold("chance of loss", losses - aside(losses), told["chance of loss"], losses + aside(losses))
    return found
