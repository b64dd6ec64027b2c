import { tomlFormat } from "../../../src/core/merge/formats/toml/toml.ts"
import { describeFormat } from "./format-cases.ts"

const project = (...lines: readonly string[]): string =>
  `[project]\nname = "x"\n${lines.map((line) => `${line}\n`).join("")}`

describeFormat(tomlFormat, "pyproject.toml", {
  "neighbouring keys": ["a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 1\nb = 2\n", "a = 2\nb = 2\n"],
  "both add keys to a table": [
    "[t]\na = 1\n\n[u]\nb = 1\n",
    "[t]\na = 1\no = 1\n\n[u]\nb = 1\n",
    "[t]\na = 1\nt = 1\n\n[u]\nb = 1\n",
    "[t]\na = 1\nt = 1\no = 1\n\n[u]\nb = 1\n",
  ],
  "both add tables": [
    "[t]\na = 1\n",
    "[t]\na = 1\n\n[o]\na = 1\n",
    "[t]\na = 1\n\n[n]\na = 1\n",
    "[t]\na = 1\n\n[n]\na = 1\n\n[o]\na = 1\n",
  ],
  "dependencies by name": [
    project("dependencies = [", '  "dbt-core~=1.8",', '  "sqlfluff==3.0",', "]"),
    project("dependencies = [", '  "dbt-core~=1.8",', '  "sqlfluff==3.1",', '  "ours",', "]"),
    project("dependencies = [", '  "dbt_core~=1.9",', '  "sqlfluff==3.0",', '  "theirs>=1",', "]"),
    project("dependencies = [", '  "dbt_core~=1.9",', '  "sqlfluff==3.1",', '  "theirs>=1",', '  "ours",', "]"),
  ],
  "a list without a last comma, a comment of ours": [
    'a = [\n  "x",\n  "y"\n]\n',
    'a = [\n  "x", # why\n  "y",\n  "o"\n]\n',
    'a = [\n  "x",\n  "y",\n  "t"\n]\n',
    'a = [\n  "x", # why\n  "y",\n  "t",\n  "o"\n]\n',
  ],
  "extras of one package, and a change elsewhere": [
    'all = [\n    "a[x]",\n    "a[y]",\n]\nv = 1\nw = 1\n',
    'all = [\n    "a[x]",\n    "a[y]",\n]\nv = 2\nw = 1\n',
    'all = [\n    "a[x]",\n    "a[y]",\n]\nv = 1\nw = 2\n',
    'all = [\n    "a[x]",\n    "a[y]",\n]\nv = 2\nw = 2\n',
  ],
  "a list on one line": [
    'a = ["x"]\nb = 1\n',
    "a = ['x', 'o']\nb = 1\n",
    'a = ["x", "t"]\nb = 1\n',
    "a = ['x', 'o', \"t\"]\nb = 1\n",
  ],
  "dotted keys and quoted keys": [
    'a.b = 1\n"a b" = 1\n',
    'a.b = 2\n"a b" = 1\n',
    'a.b = 1\n"a b" = 2\n',
    'a.b = 2\n"a b" = 2\n',
  ],
  "comments of ours on changed values": [
    "a = 1\nb = 1\n",
    "a = 1 # ours\nb = 1\n",
    "a = 2\nb = 1\n",
    "a = 2 # ours\nb = 1\n",
  ],
  "arrays of tables by name": [
    '[[p]]\nname = "a"\nv = 1\n\n[[p]]\nname = "b"\nv = 1\n',
    '[[p]]\nname = "a"\nv = 2\n\n[[p]]\nname = "b"\nv = 1\n\n[[p]]\nname = "o"\nv = 1\n',
    '[[p]]\nname = "a"\nv = 1\n\n[[p]]\nname = "b"\nv = 2\n\n[[p]]\nname = "t"\nv = 1\n',
    '[[p]]\nname = "a"\nv = 2\n\n[[p]]\nname = "b"\nv = 2\n\n[[p]]\nname = "t"\nv = 1\n\n[[p]]\nname = "o"\nv = 1\n',
  ],
  "tables in another order": [
    "[a]\nx = 1\n\n[b]\ny = 1\n",
    "[b]\ny = 1\n\n[a]\nx = 2\n",
    "[a]\nx = 1\n\n[b]\ny = 2\n",
    "[b]\ny = 2\n\n[a]\nx = 2\n",
  ],
  "strings of several lines": [
    'a = """\none\ntwo\nthree\n"""\nb = 1\n',
    'a = """\nONE\ntwo\nthree\n"""\nb = 1\n',
    'a = """\none\ntwo\nTHREE\n"""\nb = 2\n',
    'a = """\nONE\ntwo\nTHREE\n"""\nb = 2\n',
  ],
  "what looks like a table in a string": [
    "a = '''\n[t]\nx = 1\n'''\n[u]\nx = 1\n",
    "a = '''\n[t]\nx = 2\n'''\n[u]\nx = 1\n",
    "a = '''\n[t]\nx = 1\n'''\n[u]\nx = 2\n",
    "a = '''\n[t]\nx = 2\n'''\n[u]\nx = 2\n",
  ],
  "a table of theirs dropped that ours left alone": [
    "[a]\nx = 1\n\n[b]\nx = 1\n",
    "[a]\nx = 2\n\n[b]\nx = 1\n",
    "[a]\nx = 1\n",
    "[a]\nx = 2\n",
  ],
  "one key, two values": ["a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 3\nb = 1\n", null],
  "an inline table changed by both": [
    "a = { x = 1, y = 1 }\n",
    "a = { x = 2, y = 1 }\n",
    "a = { x = 1, y = 2, z.w = 3 }\n",
    "a = { x = 2, y = 2, z.w = 3 }\n",
  ],
  "one entry of an inline table, two values": [
    "a = { x = 1, y = 1 }\n",
    "a = { x = 2, y = 1 }\n",
    "a = { x = 3, y = 1 }\n",
    null,
  ],
  "one package, two versions": [
    'dependencies = [\n  "a==1",\n]\n',
    'dependencies = [\n  "a==2",\n]\n',
    'dependencies = [\n  "A==3",\n]\n',
    null,
  ],
  "bounds of a range": ['a = [">=1", "<2"]\n', 'a = [">=1.5", "<2"]\n', 'a = [">=1", "<3"]\n', null],
  "a dotted key and a table for the same": [
    "a = 1\n\n[t]\nb = 1\n",
    "a = 1\n\n[t]\nb = 1\nc.d = 1\n",
    "a = 1\n\n[t]\nb = 1\n\n[t.c]\nd = 2\n",
    null,
  ],
  "dropped by theirs, changed by ours": [
    "[a]\nx = 1\n\n[b]\nx = 1\n",
    "[a]\nx = 1\n\n[b]\nx = 2\n",
    "[a]\nx = 1\n",
    null,
  ],
})
