"""Judges update results: a JSON list of {scenario, result, reported} on stdin, a JSON list of scores on stdout."""

import json
import sys

from score import score

IGNORE = ("meshwright.yml", "meshwright.lock")

jobs = json.load(sys.stdin)
json.dump([score(job["scenario"], job["result"], set(job["reported"]), ignore=IGNORE) for job in jobs], sys.stdout)
