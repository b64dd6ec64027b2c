import { iniFormat } from "../../../src/core/merge/formats/ini/ini.ts"
import { describeFormat } from "./format-cases.ts"

const core = (...lines: readonly string[]): string =>
  `[sqlfluff]\n${lines.map((line) => `${line}\n`).join("")}\n[sqlfluff:indentation]\ntab_space_size = 4\n`

describeFormat(iniFormat, ".sqlfluff", {
  "neighbouring keys": [core("a = 1", "b = 1"), core("a = 2", "b = 1"), core("a = 1", "b = 2"), core("a = 2", "b = 2")],
  "both add keys": [core("a = 1"), core("a = 1", "o = 1"), core("a = 1", "t = 1"), core("a = 1", "t = 1", "o = 1")],
  "rules on one line": [
    core("exclude_rules = ST06"),
    core("exclude_rules = ST06, AM04"),
    core("exclude_rules = ST06, LT01"),
    core("exclude_rules = ST06, AM04, LT01"),
  ],
  "rules without blanks": [
    core("exclude_rules = ST06,RF02"),
    core("exclude_rules = ST06,RF02,AM04"),
    core("exclude_rules = RF02"),
    core("exclude_rules = RF02,AM04"),
  ],
  "rules, one a line": [
    core("exclude_rules =", "    ST06,", "    RF02"),
    core("exclude_rules =", "    ST06,", "    RF02,", "    AM04"),
    core("exclude_rules =", "    ST06,", "    RF02,", "    LT01"),
    core("exclude_rules =", "    ST06,", "    RF02,", "    LT01,", "    AM04"),
  ],
  "packages, one a line": [
    core("install_requires =", "    a==1", "    b==1"),
    core("install_requires =", "    a==1", "    b==1", "    # why", "    o"),
    core("install_requires =", "    a==2", "    b==1", "    t"),
    core("install_requires =", "    a==2", "    b==1", "    t", "    # why", "    o"),
  ],
  "sections with colons": [
    core("a = 1"),
    `${core("a = 1")}\n[sqlfluff:rules:o]\nx = 1\n`,
    `${core("a = 1")}\n[sqlfluff:rules:t]\nx = 1\n`,
    `${core("a = 1")}\n[sqlfluff:rules:t]\nx = 1\n\n[sqlfluff:rules:o]\nx = 1\n`,
  ],
  "full-line comments of either kind": [
    core("a = 1", "b = 1"),
    core("# ours", "a = 1", "; ours", "b = 1"),
    core("a = 2", "b = 2"),
    core("# ours", "a = 2", "; ours", "b = 2"),
  ],
  "a hash in a value is no comment": [
    core("a = 1", "b = x # y"),
    core("a = 1", "b = x # z"),
    core("a = 2", "b = x # y"),
    core("a = 2", "b = x # z"),
  ],
  "sections in another order": [
    "[a]\nx = 1\n[b]\nx = 1\n",
    "[b]\nx = 1\n[a]\nx = 2\n",
    "[a]\nx = 1\n[b]\nx = 2\n",
    "[b]\nx = 2\n[a]\nx = 2\n",
  ],
  "spelled with other blanks by ours": [
    core("a = 1", "b = 1"),
    core("a=1", "b=2"),
    core("a = 3", "b = 1"),
    core("a=3", "b=2"),
  ],
  "texts of several lines": [
    core("text = one", "  two", "  three", "  four"),
    core("text = ONE", "  two", "  three", "  four"),
    core("text = one", "  two", "  three", "  FOUR"),
    core("text = ONE", "  two", "  three", "  FOUR"),
  ],
  "a section dropped that ours left alone": [
    "[a]\nx = 1\n\n[b]\nx = 1\n",
    "[a]\nx = 2\n\n[b]\nx = 1\n",
    "[a]\nx = 1\n",
    "[a]\nx = 2\n",
  ],
  "one key, two values": [core("a = 80"), core("a = 100"), core("a = 120"), null],
  "added with two values": [core("a = 1"), core("a = 1", "b = 1"), core("b = 2", "a = 1"), null],
  "a rule replaced by both": [core("rules = A, B"), core("rules = A, C"), core("rules = A, D"), null],
  "steps that both append": [
    core("commands =", "  a"),
    core("commands =", "  a", "  b"),
    core("commands =", "  a", "  c"),
    null,
  ],
  "dropped by ours, changed by theirs": [core("a = 1", "b = 1"), core("a = 1"), core("a = 1", "b = 2"), null],
  "another list from theirs, one more item from ours": [
    core("rules = core"),
    core("rules = core, AM04"),
    core("rules = all"),
    null,
  ],
})
