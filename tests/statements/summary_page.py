"""Holds the page that sums up a folder of statements against its journal and its statements."""

import csv
import html
import re
from fractions import Fraction
from html.parser import HTMLParser

PARTNERS = "What each partner pays and is paid now, over all cases"
CASES = "What each case comes to, over all its payments"


class Tables(HTMLParser):
    """The tables of a page, in order: their captions, and their rows of texts with the heads first."""

    def __init__(self):
        super().__init__()
        self.all, self.inside = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.all.append({"caption": "", "rows": []})
        elif tag == "tr":
            self.all[-1]["rows"].append([])
        elif tag in ("td", "th"):
            self.all[-1]["rows"][-1].append("")
        if tag in ("caption", "td", "th"):
            self.inside = tag

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data):
        if self.inside == "caption":
            self.all[-1]["caption"] += data
        elif self.inside:
            self.all[-1]["rows"][-1][-1] += data


def amount(text):
    """`-£1,234.50`, `$0.00` or nothing."""
    digits = re.sub(r"[^0-9.\-]", "", text)
    return Fraction(digits) if digits else Fraction(0)


def partners_agree(table, entries):
    said = {row[0]: tuple(map(amount, row[1:])) for row in table["rows"][1:]}
    moved = {}
    for entry in entries:
        if entry["kind"] == "payment":
            for party, place in ((entry["payer"], 0), (entry["payee"], 1)):
                moved.setdefault(party, [Fraction(0), Fraction(0)])[place] += Fraction(entry["amount"])
    moved = {party: (pays, is_paid, is_paid - pays) for party, (pays, is_paid) in moved.items()}
    moved["In all"] = tuple(sum((row[place] for row in moved.values()), Fraction(0)) for place in range(3))
    return [] if said == moved else [f"index.html: partners are said to have {said}, journal {moved}"]


def account_agrees(table, host, entries, statements):
    """What is left follows from each entry, and what the journal moves is what was not paid out before."""
    fund, wrong = table["caption"].removeprefix("Account of "), []
    left = into = out = now = Fraction(0)
    for what, who, *amounts in table["rows"][1:-1]:
        to, of, said = map(amount, amounts)
        left, into, out = left + to - of, into + to, out + of
        if what != "Contribution for the period":
            name = f"{what}, to {who.split('; it holds the fund')[0]}"
            own = (account for statement in statements for account in statement["accounts"] if account["payment"] == name)
            now += of - to - sum((Fraction(account["paid_before"]) for account in own), Fraction(0))
        if left != said:
            wrong.append(f"index.html, {fund}: {said} is said to be left, {left} is")
    if [into, out, left] != list(map(amount, table["rows"][-1][2:])):
        wrong.append(f"index.html, {fund}: the sums are {into}, {out} and {left}")
    moved, books = Fraction(0), f", for {fund}"
    for entry in (entry for entry in entries if entry["fund"] == fund):
        is_back = entry["payee"].endswith(books) or (entry["payee"] == host and not entry["payer"].endswith(books))
        moved += -Fraction(entry["amount"]) if is_back else Fraction(entry["amount"])
    if moved != now:
        wrong.append(f"index.html, {fund}: {now} is said to be paid out now, the journal moves {moved}")
    return wrong


def case_agrees(row, heads, statement):
    """A row of a case is the sum of the accounts of its statement."""
    keys = {"Settled": "settled", "Paid before": "paid_before", "To pay now": "to_pay_now", "In dispute": "in_dispute"}
    wrong = []
    for head, text in zip(heads, row):
        if head in keys:
            summed = sum((Fraction(account[keys[head]]) for account in statement["accounts"]), Fraction(0))
            if amount(text) != summed:
                wrong.append(f"index.html, {statement['case']}: {head} is said to be {text}, its statement {summed}")
    return wrong


def agrees(folder, statements):
    text = (folder / "index.html").read_text(encoding="utf-8")
    page = Tables()
    page.feed(text)
    with open(folder / "journal.csv", encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    hosts = [html.unescape(host) for host in re.findall(r"<p>([^<]*) holds the fund\. ", text)]
    periods = list(dict.fromkeys(statement["period"] for statement in statements))
    paid_for = [period for period in periods if any((e["period"], e["kind"]) == (period, "payment") for e in entries)]
    accounts, wrong, partners = {}, [], 0
    for table in page.all:
        caption = table["caption"]
        if caption == PARTNERS:
            wrong += partners_agree(table, [e for e in entries if e["period"] == paid_for[partners]])
            partners += 1
        elif caption.startswith("Account of "):
            # Each fund has an account in each period.
            accounts[caption] = accounts.get(caption, -1) + 1
            period, host = periods[accounts[caption]], hosts[sum(accounts.values()) + len(accounts) - 1]
            of_period = [statement for statement in statements if statement["period"] == period]
            wrong += account_agrees(table, host, [e for e in entries if e["period"] == period], of_period)
        elif caption == CASES:
            heads = table["rows"][0]
            by_case = {(statement["case"], statement["period"]): statement for statement in statements}
            for row in table["rows"][1:]:
                period = row[heads.index("Period")] if "Period" in heads else periods[0]
                wrong += case_agrees(row, heads, by_case[row[0], period])
    if partners != len(paid_for):
        wrong.append(f"index.html: {len(paid_for)} periods are paid for, {partners} tables of partners")
    return wrong
