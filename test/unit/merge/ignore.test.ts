import { ignoreFormat } from "../../../src/core/merge/formats/lines/ignore.ts"
import { describeFormat } from "./format-cases.ts"

describeFormat(ignoreFormat, ".gitignore", {
  "both append": ["target/\n", "target/\n.idea/\n", "target/\nlogs/\n", "target/\nlogs/\n.idea/\n"],
  "equal additions once": [
    "target/\n",
    "target/\nlogs/\n.idea/\n",
    "target/\n.venv/\nlogs/\n",
    "target/\n.venv/\nlogs/\n.idea/\n",
  ],
  "removed by ours, added by theirs at the same spot": ["a\nb\n", "a\n", "a\nb\nc\n", "a\nc\n"],
  "both into one paragraph": [
    "# dbt\ntarget/\n\n# python\n.venv/\n",
    "# dbt\ntarget/\nx/\n\n# python\n.venv/\n",
    "# dbt\ntarget/\ndbt_packages/\n\n# python\n.venv/\n",
    "# dbt\ntarget/\ndbt_packages/\nx/\n\n# python\n.venv/\n",
  ],
  "a new paragraph from each": ["a\n", "a\n\n# ours\no\n", "a\n\n# theirs\nt\n", "a\n\n# theirs\nt\n\n# ours\no\n"],
  "a negation of ours after a pattern of theirs": [
    "a\n",
    "a\n!seeds/keep.csv\n",
    "a\n*.csv\n",
    "a\n*.csv\n!seeds/keep.csv\n",
  ],
  "negations that touch nothing of the other side": [
    "a\n",
    "a\nexports/\n",
    "a\n!.env.example\n",
    "a\n!.env.example\nexports/\n",
  ],
  "comments above the same line": ["a\nb\n", "a\n# ours\nb\n", "a\n# theirs\nb\n", "a\n# theirs\n# ours\nb\n"],
  "a hash behind a pattern is part of it": ["a\n", "a\nb #x\n", "a\nc\n", "a\nc\nb #x\n"],
  "a comment of ours on a removed line stays": ["a\nb\nc\n", "a\n# ours\nb\nc\n", "a\nc\n", "a\n# ours\nc\n"],
  "changed by the one, added beside by the other": ["a\nlogs/\n", "a\n/logs/\n", "a\nlogs/\nt\n", "a\nt\n/logs/\n"],
  "a negation of theirs that ours would undo": ["a\n", "a\n*.csv\n", "a\n!seeds/keep.csv\n", null],
  "a pattern of theirs that undoes a negation of ours": ["a\nb\n", "a\n!x.csv\nb\n", "a\nb\n*.csv\n", null],
  "a pattern from both, at two places": [
    "a\n\n# x\nb\n",
    "a\n.idea/\n\n# x\nb\n",
    "a\n\n# x\nb\n\n# editors\n.idea/\n",
    "a\n# editors\n.idea/\n\n# x\nb\n",
  ],
  "sorted by theirs, where order says nothing": ["c\na\n", "c\na\no\n", "a\nb\nc\n", "c\na\nb\no\n"],
  "comments rewritten by both": ["# one\na\n", "# two\na\n", "# three\na\n", null],
})
