"""Every Parquet file of a folder as pyarrow reads it: the columns that the reference names, none of them with a cell
missing, the figure an exact decimal, and every row as the CSV of the same run has it.

    python3 tests/parquet/read_back.py PACKAGES FOLDER
"""

import csv
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, sys.argv[1])

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

WORDS = ["contract", "place", "what", "period", "statistic"]
NOTES = {b"simulation", b"source_hash", b"hash", b"runs", b"seed"}


def held(path):
    schema = pa.schema([pa.field(name, pa.string(), nullable=False) for name in WORDS]
                       + [pa.field("figure", pa.decimal128(38, 6), nullable=False)])
    table = pq.read_table(path)
    assert table.schema.equals(schema), f"{path}: its columns are {table.schema}"
    assert NOTES <= set(table.schema.metadata), f"{path}: its notes are {table.schema.metadata}"
    with open(path.with_suffix(".csv"), newline="", encoding="utf-8") as file:
        rows = [dict(row, figure=Decimal(row["figure"])) for row in csv.DictReader(file)]
    assert rows and table.to_pylist() == rows, f"{path}: it is not what the CSV has"
    # One column by itself, as a tool reads that asks for one.
    figures = pq.read_table(path, columns=["figure"])["figure"].to_pylist()
    assert figures == [row["figure"] for row in rows], f"{path}: the figures by themselves differ"
    return len(rows)


files = sorted(Path(sys.argv[2]).glob("*.parquet"))
assert files, f"{sys.argv[2]}: no Parquet file"
print(", ".join(f"{path.name}: {held(path)} rows" for path in files))
