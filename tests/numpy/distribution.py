"""Holds what `jcm simulate` says against draws and settlements of NumPy, in distribution: `RULE.py JCM CONTRACT`.

Nothing of JCM is used but what it prints. The draws come from NumPy's own generator; the amounts are whole pennies in
arrays of 64 bits, and whoever writes a rule says how large they get. `jcm simulate` is asked with one seed for the
percentiles of `CHANCES`, two at a time; so its distribution is known at 24 chances.

Three things are held, in each place, for each party, in each period and in all together:

- The distance of the two distributions (Kolmogorov and Smirnov) at the percentiles. With n draws there and m here, both by
  one rule, it lies above c sqrt(1/n + 1/m) with a chance of 2 exp(-2 c c) at most: of one in a million with c = 2.7. With
  100,000 and 200,000 that is 1.05 %.
- The expected amount, to five standard errors of the difference.
- The chance of loss, to the same distance as the distributions.

Then the same is asked of a rule that is nearly this one, which must be found to be another. The seeds are fixed.
"""

import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

RUNS = 100_000
DRAWS = 200_000
CHANCES = [(1, 99), (2, 98), (5, 95), (10, 90), (15, 85), (20, 80), (25, 75), (30, 70), (35, 65), (40, 60), (45, 55)]
ASIDE = 2.7 * math.sqrt(1 / RUNS + 1 / DRAWS)
ERRORS = 5
# No number of an intermediate result may be larger, so that none has wrapped around.
LARGEST = 1 << 62


def half_even(above, below):
    """The whole numbers nearest to fractions; of two as near, the even one."""
    whole, rest = np.divmod(above, below)
    return whole + ((2 * rest > below) | ((2 * rest == below) & (whole & 1 == 1)))


def largest_remainder(amounts, shares):
    """Pennies split by whole shares; what is over goes to the largest remainders, the first named first."""
    size, total = np.abs(amounts), sum(shares.values())
    assert size.max() < LARGEST // total
    parts, rests = np.divmod(size * np.array(list(shares.values()))[:, None], total)
    # Stable, so that of two as large the first named comes first.
    order = np.argsort(-rests, axis=0, kind="stable")
    place = np.argsort(order, axis=0, kind="stable")
    parts += place < size - parts.sum(axis=0)
    return dict(zip(shares, parts * np.sign(amounts)))


def normal_cdf(figures):
    """The chance that a normal figure lies below each of these."""
    return np.frompyfunc(lambda figure: math.erfc(-figure / math.sqrt(2)) / 2, 1, 1)(figures).astype(float)


def told(jcm, contract, simulation):
    """What the program says: for place, party and period, the percentiles in pennies, expected, error and chance of loss."""
    text = Path(contract).read_text(encoding="utf-8")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "contract.jcm"
        for lower, upper in CHANCES:
            changed, count = re.subn(r"(report: [^}]*?)5% to 95%", rf"\g<1>{lower}% to {upper}%", text)
            assert count >= 1, f"{contract}: no `report` from 5% to 95%"
            copy.write_text(changed, encoding="utf-8")
            asked = [jcm, "simulate", copy, "--simulation", simulation, "--runs", str(RUNS), "--format", "json"]
            said = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
            for place in said["places"]:
                for party in place["parties"]:
                    for period, range_ in [("all", party["all"]), *zip(said["periods"], party["periods"])]:
                        one = found.setdefault((place["title"], party["name"], period), {})
                        for chance in (lower, 50, upper):
                            one[chance] = 100 * float(range_[f"{chance}%"])
                        one["expected"] = 100 * float(range_["expected"])
                        one["error"] = 100 * float(range_["standard error"])
                        one["loss"] = float(range_["chance of loss"])
    return found


def distance(amounts, one):
    """How far the distribution of sorted amounts lies from the percentiles of another sample, at most."""
    furthest = 0.0
    for chance, figure in one.items():
        if isinstance(chance, int):
            # A percentile may lie on an amount that many draws have: it is then between the two shares.
            below = np.searchsorted(amounts, math.floor(figure + 0.01), "left") / len(amounts)
            up_to = np.searchsorted(amounts, math.ceil(figure - 0.01), "right") / len(amounts)
            furthest = max(furthest, below - chance / 100, chance / 100 - up_to)
    return furthest


def apart(found, drawn):
    """What lies too far apart, in words, and the greatest distance of two distributions."""
    lines, furthest = [], 0.0
    if found.keys() != drawn.keys():
        return [f"not of both: {sorted(map(str, found.keys() ^ drawn.keys()))}"], 1.0
    for where, amounts in drawn.items():
        one, amounts, words = found[where], np.sort(amounts), ", ".join(where)
        far = distance(amounts, one)
        furthest = max(furthest, far)
        if far > ASIDE:
            lines.append(f"{words}: the distributions are {far:.2%} apart")
        mean, error = amounts.mean(), amounts.std() / math.sqrt(len(amounts))
        bound = ERRORS * math.hypot(error, one["error"]) + 0.01
        if abs(mean - one["expected"]) > bound:
            lines.append(f"{words}: expected {one['expected'] / 100:.2f}, by NumPy {mean / 100:.2f}")
        if abs((amounts < 0).mean() - one["loss"]) > ASIDE:
            lines.append(f"{words}: the chance of loss is {one['loss']:.2%}, by NumPy {(amounts < 0).mean():.2%}")
    return lines, furthest


def run(simulation, periods, places, settled, nearly):
    """Draws, settles and compares; `settled` gives, for the figures of a place and a generator, the pennies of each party
    in each period. `nearly` are the figures of the first place for a rule that must be found to be another."""
    found = told(sys.argv[1], sys.argv[2], simulation)

    def drawn(title, figures):
        years = settled(figures, np.random.default_rng(20_260_401), DRAWS)
        by = {(title, name, period): year[name] for period, year in zip(periods, years) for name in year}
        return by | {(title, name, "all"): sum(year[name] for year in years) for name in years[0]}

    first = next(iter(places))
    of_first = {where: one for where, one in found.items() if where[0] == first}
    lines, furthest = apart(found, {k: v for place, figures in places.items() for k, v in drawn(place, figures).items()})
    other, how_far = apart(of_first, drawn(first, nearly))
    if not other or how_far <= ASIDE:
        lines.append(f"a rule that is another passes for this one: {how_far:.2%} apart")
    for line in lines:
        print(line)
    print(
        f"{simulation}: {len(found)} distributions of {RUNS:,} and of {DRAWS:,} draws, at most {furthest:.2%} apart "
        f"(the bound is {ASIDE:.2%}); another rule is {how_far:.2%} apart"
    )
    sys.exit(1 if lines else 0)
