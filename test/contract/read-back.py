"""Reads documents with the parsers that people's tools use, and prints the values that they found: {format: text} in, {format: [value]} out."""

import json
import sys

import duckdb
import hcl2
import yaml


def from_hcl(text):
    # The parser leaves strings as they are written: the quotes tell where it ended one.
    raw = hcl2.loads(text)
    values = [raw[f"v{index}"] for index in range(len(raw))]
    return [json.loads(value) for value in values]


def from_sql(text):
    return list(duckdb.sql(text).fetchone())


read = {"yaml": yaml.safe_load, "json": json.loads, "hcl": from_hcl, "sql": from_sql}
documents = json.load(sys.stdin)
print(json.dumps({name: read[name](text) for name, text in documents.items()}))
