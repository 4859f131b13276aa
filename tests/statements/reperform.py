"""Works every statement of a folder out again, from its JSON alone, with nothing of jcm.

`jcm settle … --statement FOLDER` writes the folder. For each case this computes every line from the formula, the inputs
and the fixed figures that its statement quotes, rounds where it says so, splits every payment by its terms, and holds
the results against those that the statement prints, to the last fraction. Then it holds the journal against them: for
each case and over all, what each partner pays and is paid is the sum of what was settled.

    python3 reperform.py FOLDER

Anything that differs is printed, and the exit code is 1.
"""

import calendar as months_of
import csv
import datetime
import hashlib
import json
import math
import sys
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from fractions import Fraction
from pathlib import Path

# Beside the sources nothing is written.
sys.dont_write_bytecode = True
import summary_page

getcontext().prec = 120
MISSING = None
# What one day and one month are in the base of their units: a month is a part of a year.
PER_BASE = {"days": 1, "operational_days": 1, "months": 12}


def figure(text):
    return Fraction(text)


def value_of(wire):
    if wire == "missing":
        return MISSING
    ((kind, inner),) = wire.items()
    if kind == "number":
        return figure(inner)
    if kind == "date":
        return datetime.date.fromisoformat(inner)
    return inner


def rounded(number, mode, grain):
    if grain <= 0:
        return number
    below = math.floor(number / grain)
    over = number / grain - below
    if over == 0:
        return number
    up = {
        "floor": False,
        "ceiling": True,
        "down": number < 0,
        "up": number > 0,
        "half_even": over > Fraction(1, 2) or (over == Fraction(1, 2) and below % 2 == 1),
        "half_up": over > Fraction(1, 2) or (over == Fraction(1, 2) and number > 0),
        "half_down": over > Fraction(1, 2) or (over == Fraction(1, 2) and number < 0),
    }[mode]
    return (below + 1 if up else below) * grain


def to_figures(number, mode, figures):
    if number == 0:
        return number
    exponent = len(str(abs(number.numerator))) - len(str(number.denominator))
    while Fraction(10) ** (exponent + 1) <= abs(number):
        exponent += 1
    while Fraction(10) ** exponent > abs(number):
        exponent -= 1
    return rounded(number, mode, Fraction(10) ** (exponent - max(figures, 1) + 1))


def irrational(op, number, decimals):
    as_decimal = Decimal(number.numerator) / Decimal(number.denominator)
    result = {"exp": as_decimal.exp, "ln": as_decimal.ln, "square_root": as_decimal.sqrt}[op]()
    return Fraction(result.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN))


def quantile(ordered, share, method):
    if method == "nearest_rank":
        return ordered[max(math.ceil(share * len(ordered)), 1) - 1]
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def statistic(which, numbers):
    ordered = sorted(numbers)
    mean = sum(ordered, Fraction(0)) / len(ordered)
    if isinstance(which, dict):
        ((name, terms),) = which.items()
        if name == "quantile":
            return quantile(ordered, figure(terms["share"]), terms["method"])
        variance = sum(((x - mean) ** 2 for x in ordered), Fraction(0)) / len(ordered)
        return irrational("square_root", variance, terms["decimals"])
    middle = len(ordered) // 2
    return {
        "sum": lambda: sum(ordered, Fraction(0)),
        "mean": lambda: mean,
        "median": lambda: ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2,
        "least": lambda: ordered[0],
        "greatest": lambda: ordered[-1],
        "variance": lambda: sum(((x - mean) ** 2 for x in ordered), Fraction(0)) / len(ordered),
    }[which]()


class Calendar:
    """Which days are operational."""

    def __init__(self, wire):
        week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        self.closed = {week.index(day) for day in wire["closed"]} if wire else set()
        self.holidays = {datetime.date.fromisoformat(day["day"]) for day in wire["holidays"]} if wire else set()

    def is_open(self, day):
        return day.weekday() not in self.closed and day not in self.holidays

    def moved(self, day, by, count):
        if count == "days":
            return day + datetime.timedelta(days=by)
        if count == "months":
            place = day.year * 12 + day.month - 1 + by
            year, month = divmod(place, 12)
            last = months_of.monthrange(year, month + 1)[1]
            return datetime.date(year, month + 1, min(day.day, last))
        step = datetime.timedelta(days=1 if by >= 0 else -1)
        left = abs(by)
        while left:
            day += step
            left -= self.is_open(day)
        return day

    def between(self, start, end, count):
        if end < start:
            return -self.between(end, start, count)
        if count == "days":
            return (end - start).days
        if count == "months":
            whole = (end.year - start.year) * 12 + end.month - start.month
            return whole if self.moved(start, whole, "months") <= end else whole - 1
        days = (start + datetime.timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(1 for day in days if self.is_open(day))

    def marked(self, day, mark):
        if mark == "next_operational_day":
            while not self.is_open(day):
                day += datetime.timedelta(days=1)
            return day
        month = {
            "end_of_month": day.month,
            "end_of_quarter": (day.month + 2) // 3 * 3,
            "end_of_financial_year": 3,
            "end_of_calendar_year": 12,
        }[mark]
        year = day.year + (1 if mark == "end_of_financial_year" and day.month > 3 else 0)
        return datetime.date(year, month, months_of.monthrange(year, month)[1])


class Case:
    """One case, worked out again."""

    def __init__(self, statement, folder):
        self.working = working = statement["working"]
        self.over_all = statement["over_all"]
        self.cases, self.place, self.within = None, None, 0
        if self.over_all is not None:
            self.cases, self.place, self.within = brought(statement, folder)
        self.calendar = Calendar(working["calendar"])
        self.rules = {rule["name"]: rule["rule"] for rule in working["missing"]}
        self.inputs = self.given(working["inputs"])
        self.rows = [self.given(row["inputs"]) for row in working["rows"]]
        self.lines = {}
        self.row_lines = [{} for _ in self.rows]
        self.carried = {one["name"]: value_of(one["value"]) for one in working["carried"]}
        self.wrong = []

    def given(self, inputs):
        return {one["name"]: value_of(one["value"]) for one in inputs}

    def work_out(self):
        self.by_line(self.working["lines"], None)
        for place, payment in enumerate(self.working["payments"]):
            self.wrong += split(payment, self.lines.get(payment["terms"]["amount"]))
        return self.wrong

    def by_line(self, lines, _):
        """Lines in their order; those of rows come before the first line that needs them."""
        for number, row in enumerate(self.working["rows"]):
            self.row_place = [0] * len(self.rows)
        for line in lines:
            self.rows_up_to()
            self.line(line, None)
        self.rows_up_to()

    def rows_up_to(self):
        """Works out what lines of rows can be: each needs only what comes before it."""
        for number, row in enumerate(self.working["rows"]):
            while self.row_place[number] < len(row["lines"]):
                line = row["lines"][self.row_place[number]]
                if not self.is_ready(line["expression"], number):
                    break
                self.line(line, number)
                self.row_place[number] += 1

    def is_ready(self, expression, row):
        if isinstance(expression, list):
            return all(self.is_ready(part, row) for part in expression)
        if not isinstance(expression, dict):
            return True
        if expression.get("op") == "step":
            return expression["name"] in self.lines or expression["name"] in self.row_lines[row]
        return all(self.is_ready(part, row) for part in expression.values())

    def line(self, line, row):
        expression = line["expression"]
        top = expression["op"]
        result = self.value(expression, row)
        before = self.value(expression["arg"], row) if top in ("round", "round_to_figures") else result
        # An award stands in place of what is computed, and the statement keeps both.
        said = line["computed"] if line["computed"] is not None else line["value"]
        self.hold(line["name"], row, result, value_of(said))
        if line["before_rounding"] is not None:
            self.hold(line["name"] + " before rounding", row, before, value_of(line["before_rounding"]))
        into = self.lines if row is None else self.row_lines[row]
        into[line["name"]] = value_of(line["value"])

    def hold(self, name, row, found, said):
        if found != said:
            where = name if row is None else f"{name}, row {row + 1}"
            self.wrong.append(f"{where}: worked out {found}, said {said}")

    def input(self, name, row):
        given = self.inputs.get(name)
        if given is MISSING and row is not None:
            given = self.rows[row].get(name)
        rule = self.rules[name]
        while given is MISSING:
            if rule == "neutral":
                return MISSING
            if isinstance(rule, dict) and "use" in rule:
                return value_of(rule["use"])
            if isinstance(rule, dict) and "carry_forward" in rule:
                # A figure that was carried forward stands among the inputs already.
                rule = rule["carry_forward"]["then"]
                continue
            raise ValueError(f"{name} is missing, and nothing stands in for it")
        return given

    def parameter(self, expression, row):
        keys = [self.value(key, row) for key in expression.get("keys", [])]
        if MISSING in keys:
            return MISSING
        first = self.working["period"]["from"]
        parameter = next(p for p in self.working["parameters"] if p["name"] == expression["name"])
        columns = [column["name"] for column in parameter["columns"]]
        for found in parameter["rows"]:
            in_force = found.get("from", "") <= first and first < found.get("until", "9999")
            if in_force and [value_of(key) for key in found.get("keys", [])] == keys:
                return value_of(found["values"][columns.index(expression.get("column", ""))])
        raise ValueError(f"{expression['name']} has no figure at {keys} on {first}")

    def balance(self, name):
        balance = next(b for b in self.working["balances"] if b["name"] == name)
        if self.working["period"]["label"] in balance["begins"]:
            return figure(balance["opening"])
        return self.carried[name]

    def several(self, parts, row):
        return [self.value(part, row) for part in parts]

    def value(self, e, row):
        op = e["op"]
        if op == "literal":
            return value_of(e["value"])
        if op == "input":
            return self.input(e["name"], row)
        if op == "step":
            if row is not None and e["name"] in self.row_lines[row]:
                return self.row_lines[row][e["name"]]
            return self.lines[e["name"]]
        if op == "balance":
            return self.balance(e["name"])
        if op == "in_periods":
            return self.working["period"]["label"] in e["periods"]
        if op == "parameter":
            return self.parameter(e, row)
        if op == "over_all":
            said = next(value_of(o["value"]) for o in self.working["over_all"] if o["expression"] == e)
            self.held_over_all(e, said)
            return said
        if op in ("all", "any"):
            found = self.several(e["args"], row)
            if (op == "any") in found:
                return op == "any"
            return MISSING if MISSING in found else op == "all"
        if op == "choose":
            for case in e["cases"]:
                holds = self.value(case["when"], row)
                if holds is MISSING:
                    return MISSING
                if holds:
                    return self.value(case["then"], row)
            return self.value(e["otherwise"], row)
        if op == "weighted":
            return self.weighted(e, row)
        if op == "is_missing":
            return self.value(e["arg"], row) is MISSING
        if op == "if_missing":
            first = self.value(e["args"][0], row)
            return self.value(e["args"][1], row) if first is MISSING else first
        if op in ("sum_of_rows", "count_of_rows"):
            found = [self.value(e["arg"], number) for number in range(len(self.rows))]
            return sum((x for x in found if x is not MISSING), Fraction(0)) if op == "sum_of_rows" else found.count(True)
        return self.of_known(e, row)

    def of_known(self, e, row):
        """Operations through which missing passes."""
        op = e["op"]
        if op in ("move_date", "count_between", "mark_date"):
            return self.dates(e, row)
        args = self.several(e["args"] if "args" in e else [e["arg"]], row)
        if MISSING in args:
            return MISSING
        first, last = args[0], args[-1]
        if op in ("add", "multiply"):
            result = first
            for part in args[1:]:
                result = result + part if op == "add" else result * part
            return result
        if op == "power":
            return first ** e["exponent"]
        if op == "round":
            return rounded(first, e["mode"], figure(e["grain"]))
        if op == "round_to_figures":
            return to_figures(first, e["mode"], e["figures"])
        if op in ("exp", "ln", "square_root"):
            return irrational(op, first, e["decimals"])
        if op == "statistic":
            return statistic(e["statistic"], args)
        if op == "scale":
            return looked_up(first, e["rows"])
        if op == "bands":
            return sum((figure(band["rate"]) * inside(first, band) for band in e["rows"]), Fraction(0))
        return {
            "subtract": lambda: first - last,
            "divide": lambda: first / last,
            "negate": lambda: -first,
            "absolute": lambda: abs(first),
            "least": lambda: min(args),
            "greatest": lambda: max(args),
            "equal": lambda: first == last,
            "not_equal": lambda: first != last,
            "less": lambda: first < last,
            "less_or_equal": lambda: first <= last,
            "greater": lambda: first > last,
            "greater_or_equal": lambda: first >= last,
            "not": lambda: not first,
        }[op]()

    def held_over_all(self, e, said):
        """A figure over all cases, from the list of what every case brings."""
        if self.cases is None:
            return
        part = next(part for part in self.over_all["parts"] if part["expression"] == e)
        places = range(len(self.cases))
        own = self.cases[self.place]
        same, column = part["same"], part["column"]
        kind = lambda place: None if same is None else self.cases[place][same]
        alike = [p for p in places if same is None or (kind(p) == kind(self.place) and kind(p) is not MISSING)]
        figures = [self.cases[place][column] for place in alike if self.cases[place][column] is not MISSING]
        # A case without the figure does not count, and has none of these for itself.
        counts = self.place in alike and own[column] is not MISSING
        found = over_all(e["function"], figures, own[column]) if counts else MISSING
        near = found is not MISSING and said is not MISSING and abs(found - said) <= self.within
        if found != said and not near:
            self.wrong.append(f"over all cases, for {part['lines']}: worked out {found}, said {said}")

    def weighted(self, e, row):
        parts = [(figure(part["weight"]), self.value(part["part"], row)) for part in e["parts"]]
        known = [(weight, part) for weight, part in parts if part is not MISSING]
        total = sum((weight * part for weight, part in known), Fraction(0))
        weights = sum((weight for weight, _ in known), Fraction(0))
        if e["missing"] == "missing" and len(known) < len(parts):
            return MISSING
        if e["missing"] == "reweight":
            if weights == 0:
                return MISSING
            return total / weights if len(known) < len(parts) else total
        return total

    def dates(self, e, row):
        if e["op"] == "mark_date":
            day = self.value(e["arg"], row)
            return MISSING if day is MISSING else self.calendar.marked(day, e["mark"])
        count = e["count"]
        if e["op"] == "count_between":
            start, end = self.several(e["args"], row)
            if start is MISSING or end is MISSING:
                return MISSING
            return Fraction(self.calendar.between(start, end, count), PER_BASE[count])
        day, by = self.value(e["date"], row), self.value(e["by"], row)
        if day is MISSING or by is MISSING:
            return MISSING
        return self.calendar.moved(day, int(by * PER_BASE[count]), count)


def over_all(function, figures, own):
    if "statistic" in function:
        return statistic(function["statistic"], figures)
    below = sum(1 for figure in figures if figure < own)
    above = sum(1 for figure in figures if figure > own)
    ((name, terms),) = function.items()
    if name == "rank":
        better, worse = (above, below) if terms["first"] == "highest" else (below, above)
        best, worst = Fraction(better + 1), Fraction(len(figures) - worse)
        return {"best": best, "worst": worst, "middle": (best + worst) / 2}[terms["ties"]]
    if name == "group":
        return Fraction(below * terms["groups"] // len(figures) + 1)
    ordered = sorted(figures)
    low, high = (quantile(ordered, figure(terms[end]), terms["method"]) for end in ("from", "to"))
    return min(max(own, low), high)


def looked_up(number, rows):
    for row in rows:
        low, high = row.get("from"), row.get("to")
        above = low is None or number > figure(low["value"]) or (low["included"] and number == figure(low["value"]))
        below = high is None or number < figure(high["value"]) or (high["included"] and number == figure(high["value"]))
        if above and below:
            ((kind, gives),) = row["gives"].items()
            if kind == "flat":
                return figure(gives)
            start, end = figure(gives[0]), figure(gives[1])
            way = (number - figure(low["value"])) / (figure(high["value"]) - figure(low["value"]))
            return start + (end - start) * way
    raise ValueError(f"no row holds {number}")


def inside(number, band):
    """How much of the way from zero to the number lies inside the band; below zero for a number below zero."""
    start, end = min(number, Fraction(0)), max(number, Fraction(0))
    if "from" in band:
        start = max(start, figure(band["from"]))
    if "to" in band:
        end = min(end, figure(band["to"]))
    length = max(end - start, Fraction(0))
    return -length if number < 0 else length


def split(payment, amount):
    """Splits one payment by its terms, and says what differs."""
    terms = payment["terms"]
    grain, mode = figure(terms["rounding"]["grain"]), terms["rounding"]["mode"]
    exact_first, exact_rest = first_of(terms, amount)
    exact = shared(terms, exact_rest, None)
    first, rest = first_of(terms, rounded(amount, mode, grain))
    to_round = shared(terms, rest, grain)
    total = rounded(sum((part for _, part in to_round), Fraction(0)), mode, grain)
    parts = cut(terms, total, to_round, grain, mode)
    paid, before = {}, {}
    for into, found in ((paid, first + parts), (before, exact_first + exact)):
        for party, part in found:
            into[party] = into.get(party, Fraction(0)) + part
    wrong = []

    def hold(what, found, said):
        if found != figure(said):
            wrong.append(f"{terms['name']}, {what}: worked out {found}, said {said}")

    hold("amount before rounding", amount, payment["amount_exact"])
    hold("amount", sum((part for _, part in first), Fraction(0)) + total, payment["amount"])
    hold("borne by the payer", exact_rest - sum((part for _, part in exact), Fraction(0)), payment["borne_by_payer"])
    for part in payment["parts"]:
        said = part["computed"] if part["computed"] is not None else part["amount"]
        hold(f"to {part['party']}", paid.pop(part["party"], Fraction(0)), said)
        hold(f"to {part['party']} before rounding", before[part["party"]], part["exact"])
    for party, part in paid.items():
        wrong.append(f"{terms['name']}, to {party}: worked out {part}, not said")
    whole = sum((figure(part["amount"]) for part in payment["parts"]), Fraction(0))
    if whole != figure(payment["amount"]):
        wrong.append(f"{terms['name']}: the parts sum to {whole} and not to {payment['amount']}")
    return wrong


def first_of(terms, amount):
    sign, left = (-1 if amount < 0 else 1), abs(amount)
    taken = []
    for tranche in terms.get("first", []):
        part = min(figure(tranche["up_to"]), left)
        taken.append((tranche["party"], sign * part))
        left -= part
    return taken, sign * left


def shared(terms, amount, grain):
    sign, size = (-1 if amount < 0 else 1), abs(amount)
    limit_name = "losing_at_most" if amount < 0 else "gaining_at_most"
    claims = []
    for share in terms["shares"]:
        limit = share.get(limit_name)
        limit = figure(limit) if limit is not None else None
        if limit is not None and grain is not None:
            limit = rounded(limit, "floor", grain)
        claims.append([share["party"], figure(share["share"]), limit])
    excess = terms.get("excess")
    bearer = excess["to"] if isinstance(excess, dict) else None
    if bearer is not None and bearer not in [claim[0] for claim in claims]:
        claims.append([bearer, Fraction(0), None])
    if excess == "others":
        parts = among_others(claims, size)
    else:
        parts = [min(size * share, limit) if limit is not None else size * share for _, share, limit in claims]
    if bearer is not None:
        place = [claim[0] for claim in claims].index(bearer)
        parts[place] += size - sum(parts, Fraction(0))
    return [(claim[0], sign * part) for claim, part in zip(claims, parts)]


def among_others(claims, size):
    """Limits cut in turn, until nobody is above one: the smallest amount at which each is reached comes first."""
    capped = set()
    while True:
        left = size - sum((claims[place][2] for place in capped), Fraction(0))
        weight = sum((claim[1] for place, claim in enumerate(claims) if place not in capped), Fraction(0))
        rate = left / weight if weight else Fraction(0)
        parts = [claim[2] if place in capped else claim[1] * rate for place, claim in enumerate(claims)]
        over = {p for p, claim in enumerate(claims) if p not in capped and claim[2] is not None and parts[p] > claim[2]}
        if not over:
            return parts
        capped |= over


def cut(terms, total, parts, grain, mode):
    """Parts in whole grains that sum to the total."""
    if isinstance(terms["residue"], dict):
        whole = [[party, rounded(part, mode, grain)] for party, part in parts]
        left = total - sum((part for _, part in whole), Fraction(0))
        next(one for one in whole if one[0] == terms["residue"]["to"])[1] += left
        return [(party, part) for party, part in whole]
    whole = [rounded(part, "down", grain) for _, part in parts]
    left = total - sum(whole, Fraction(0))
    step = grain if left >= 0 else -grain
    by_loss = sorted(range(len(parts)), key=lambda place: -abs(parts[place][1] - whole[place]))
    for place in by_loss[: int(abs(left) / grain)]:
        whole[place] += step
    return [(party, part) for (party, _), part in zip(parts, whole)]


def accounts(statement):
    """What is to pay now is what was settled less what was paid before, and less what is in dispute."""
    wrong = []
    for one in statement["accounts"]:
        now = figure(one["settled"]) - figure(one["paid_before"]) - figure(one["open"])
        if now != figure(one["to_pay_now"]):
            wrong.append(f"{one['payment']}: {now} is to pay now, said {one['to_pay_now']}")
    return wrong


def brought(statement, folder):
    """What every case brings to figures over all cases, the place of this case, and how near is near enough.

    A statement lists it, or names the file that does, which holds thirty places of what does not end."""
    listed = statement["over_all"]
    path = folder / listed["file"]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != listed["sha256"]:
        raise ValueError(f"{path.name} is not the file that is named: {found}")
    if listed["cases"] is not None:
        cases = [[value_of(value) for value in case["values"]] for case in listed["cases"]]
        place = [case["case"] for case in listed["cases"]].index(statement["case"])
        return cases, place, 0
    with open(path, encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    rows = [row for row in rows if row[0] == statement["period"]]
    scales = [100 if title.endswith(" (%)") else 1 for title in head[2:]]
    cases = [[cell_of(cell, scale) for cell, scale in zip(row[2:], scales)] for row in rows]
    return cases, [row[1] for row in rows].index(statement["case"]), Fraction(1, 10**20)


def cell_of(cell, scale):
    if not cell:
        return MISSING
    try:
        return figure(cell) / scale
    except ValueError:
        return cell


def paid_in_all(statement):
    """What each party gets in the end by the accounts, in the order of the payments' parts."""
    net = {}
    rows = iter(statement["accounts"])
    for payment in statement["payments"]:
        for part in payment["parts"]:
            now = figure(next(rows)["to_pay_now"])
            net[part["to"]] = net.get(part["to"], Fraction(0)) + now
            net[payment["from"]] = net.get(payment["from"], Fraction(0)) - now
    return net


def journal_agrees(folder, statements):
    wrong = []
    with open(folder / "journal.csv", encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    references = [entry["reference"] for entry in entries]
    if len(set(references)) != len(references):
        wrong.append("journal.csv: two entries have one reference")
    for entry in entries:
        if (entry["payer"].split(", for ")[0] == entry["payee"].split(", for ")[0]) != (entry["kind"] == "internal transfer"):
            wrong.append(f"journal.csv: {entry['reference']} is a payment of a party to itself")
        if figure(entry["amount"]) <= 0:
            wrong.append(f"journal.csv: {entry['reference']} has no amount above nought")
        if entry["due"].startswith("the "):
            wrong.append(f"journal.csv: {entry['reference']} has a sentence for a day")
    for statement in statements:
        own = [e for e in entries if (e["case"].lstrip("'"), e["period"]) == (statement["case"].lstrip("'"), statement["period"])]
        net = {}
        for entry in own:
            if entry["kind"] == "internal transfer":
                continue  # one party with itself
            net[entry["payee"]] = net.get(entry["payee"], Fraction(0)) + figure(entry["amount"])
            net[entry["payer"]] = net.get(entry["payer"], Fraction(0)) - figure(entry["amount"])
        said = paid_in_all(statement)
        for party in sorted(set(net) | set(said)):
            if net.get(party, 0) != said.get(party, 0):
                wrong.append(f"journal.csv, {statement['case']}: {party} has {net.get(party, 0)}, settled {said.get(party, 0)}")
        for party in statement["parties"]:
            if figure(party["net"]) != net.get(party["party"], 0):
                wrong.append(f"{statement['case']}: {party['party']} is said to have {party['net']}, journal {net.get(party['party'])}")
    return wrong


def fund_agrees(statement, fund, entries):
    """The account of a fund: its contributions are the budget, its payments what is paid before and now, and its journal what is paid now."""
    at = f"{statement['case']}: {fund['fund']}"
    wrong = []
    paid_in = sum((figure(own["amount"]) for own in fund["contributions"]), Fraction(0))
    budgets = [line["value"] for line in statement["working"]["lines"] if line["name"].endswith(".budget")]
    if paid_in not in [figure(value["number"]) for value in budgets]:
        wrong.append(f"{at}: contributions of {paid_in} are no budget")
    left, now = figure(fund["opening"]) + paid_in, Fraction(0)
    for payment in fund["payments"]:
        name = f"{payment['title']}, to {payment['party']}"
        own = [account for account in statement["accounts"] if account["payment"] == name]
        paid = [figure(account["paid_before"]) + figure(account["to_pay_now"]) for account in own]
        if paid != [figure(payment["amount"])]:
            wrong.append(f"{at}: {name} is said to be {payment['amount']}, paid {own}")
        if [figure(account["in_dispute"]) for account in own] != [figure(payment["in_dispute"])]:
            wrong.append(f"{at}: {name} is said to wait for {payment['in_dispute']}, in dispute {own}")
        left -= figure(payment["amount"])
        now += sum((figure(account["to_pay_now"]) for account in own), Fraction(0))
    if left != figure(fund["closing"]):
        wrong.append(f"{at}: {left} is left, said {fund['closing']}")
    moved = Fraction(0)
    for entry in entries:
        is_out = entry["payer"].split(", for ")[0] == fund["host"] and entry["payee"] != f"{fund['host']}, for {fund['fund']}"
        moved += figure(entry["amount"]) if is_out else -figure(entry["amount"])
    if moved != now or not fund["balances"]:
        wrong.append(f"{at}: the journal moves {moved}, to pay now {now}")
    return wrong


def funds_agree(folder, statements):
    with open(folder / "journal.csv", encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    wrong = []
    for statement in statements:
        for fund in statement["funds"]:
            own = [e for e in entries if (e["fund"], e["period"]) == (fund["fund"], statement["period"])]
            wrong += fund_agrees(statement, fund, own)
    return wrong


def main(folder):
    wrong, statements, lines = [], [], 0
    for path in sorted(folder.glob("*.json")):
        statement = json.loads(path.read_text(encoding="utf-8"))
        statements.append(statement)
        working = statement["working"]
        lines += len(working["lines"]) + sum(len(row["lines"]) for row in working["rows"])
        try:
            found = Case(statement, folder).work_out() + accounts(statement)
        except (KeyError, ValueError, StopIteration, ZeroDivisionError, TypeError) as reason:
            found = [f"cannot be worked out: {type(reason).__name__} {reason}"]
        wrong += [f"{path.name}: {what}" for what in found]
    if not statements:
        wrong.append("no statement is there")
    wrong += journal_agrees(folder, statements)
    wrong += funds_agree(folder, statements)
    wrong += summary_page.agrees(folder, statements)
    for what in wrong:
        print(what)
    print(f"{len(statements)} statements, {lines} lines: {'as said' if not wrong else f'{len(wrong)} differ'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
