"""The gain share of examples/stour-valley in its second year, by hand for NumPy: `gain_share.py FOLDER THREADS ROUNDS`.

Prints the nanoseconds of whole pennies and of floating-point numbers, medians of the rounds, then for each of the two the
median nanoseconds of a thousand scenarios in one piece on one thread, and what each partner gets of all scenarios together, in
whole pennies; nothing where there is no NumPy. Each thread takes pieces that fit the caches.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

try:
    import numpy as np
except ImportError:
    sys.exit(0)

PIECE = 1 << 15
SHARES = (40, 35, 20, 5)
BUDGET = 12_288_000_000


def half_even(above, below):
    whole, rest = np.divmod(above, below)
    twice = 2 * rest - below
    return whole + ((twice > 0) | ((twice == 0) & (whole & 1 == 1)))


def pennies(cost, admissions, at_home):
    # 60 % of the way from 24,310 to 23,100 and 40 % of that from 79.3 % to 84 %, over 28,435,000.
    quality = 141 * np.clip(2_431_000 - admissions, 0, 121_000) + 24_200 * np.clip(at_home - 7_930, 0, 470)
    saving = BUDGET - cost
    gain, loss = half_even(saving * quality, 56_870_000), half_even(saving, 2)
    payable = np.where(50 * np.abs(saving) >= BUDGET, np.where(saving > 0, gain, loss), 0)
    payable = np.clip(payable, -BUDGET // 20, BUDGET // 10)
    size, sign = np.abs(payable), np.sign(payable)
    parts, rests = zip(*(np.divmod(size * share, 100) for share in SHARES))
    left = size - sum(parts)
    out = []
    for i in range(4):
        before = sum((rests[j] >= rests[i]) if j < i else (rests[j] > rests[i]) for j in range(4) if j != i)
        out.append((parts[i] + (before < left)) * sign)
    return out


def floats(cost, admissions, at_home):
    quality = 0.6 * np.clip((2_431_000 - admissions) / 121_000, 0, 1) + 0.4 * np.clip((at_home - 7_930) / 470, 0, 1)
    saving = float(BUDGET) - cost
    earned = np.where(saving > 0, 0.5 * saving * quality, 0.5 * saving)
    payable = np.where(np.abs(saving) / BUDGET >= 0.02, earned, 0.0)
    payable = np.rint(np.clip(payable, -0.05 * BUDGET, 0.1 * BUDGET))
    return [np.rint(payable * (share / 100)) for share in SHARES]


def main(folder, threads, rounds):
    columns = [np.fromfile(f"{folder}/{place}.i64", "<i8") for place in range(3)]
    pieces = [
        [column[first : first + PIECE] for column in columns] for first in range(0, len(columns[0]), PIECE)
    ]
    with ThreadPoolExecutor(threads) as pool:

        def measured(rule):
            took = []
            for _ in range(rounds):
                began = time.perf_counter_ns()
                sums = list(pool.map(lambda piece: [part.sum() for part in rule(*piece)], pieces))
                took.append(time.perf_counter_ns() - began)
            return round(median(took)), [sum(int(part) for part in parts) for parts in zip(*sums)]

        def one_piece(rule):
            took = []
            for piece in pieces * rounds:
                began = time.perf_counter_ns()
                rule(*piece)
                took.append((time.perf_counter_ns() - began) * 1000 // len(piece[0]))
            return round(median(took))

        of_pennies, sums = measured(pennies)
        of_floats, _ = measured(floats)
        alone = one_piece(pennies), one_piece(floats)
    print(of_pennies, of_floats, *alone, *sums)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
