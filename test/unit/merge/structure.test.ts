import { describe, expect, it } from "vitest"
import { explainText } from "../../../src/core/explain/explain-text.ts"
import { NO_SECRETS } from "../../../src/core/explain/show-part.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { merge } from "./build.ts"

interface Row {
  readonly what: string
  readonly path?: string
  readonly sides: readonly [base: string, ours: string, theirs: string]
  readonly result: string
  /** What came in; for a conflict, where it is. */
  readonly at: readonly string[]
}

const CLEAN: readonly Row[] = [
  {
    what: "a text block is merged line by line, in ours' indentation",
    sides: ["a: |\n  1\n  2\n  3\nb: 1\n", "a: |\n    1!\n    2\n    3\nb: 1\n", "a: |\n  1\n  2\n  3\n  4\nb: 1\n"],
    result: "a: |\n    1!\n    2\n    3\n    4\nb: 1\n",
    at: ["a"],
  },
  {
    what: "anchors and aliases stay what they are",
    sides: [
      "x: &d\n  a: 1\n  b: 2\ny:\n  <<: *d\n",
      "x: &d\n  a: 1\n  b: 5\ny:\n  <<: *d\n",
      "x: &d\n  a: 9\n  b: 2\ny:\n  <<: *d\nz: *d\n",
    ],
    result: "x: &d\n  a: 9\n  b: 5\ny:\n  <<: *d\nz: *d\n",
    at: ["x.a", "z"],
  },
  {
    what: "a flow list in brackets",
    sides: ["tags: [a, b]\nx: 1\n", "tags: [a, b, us] # why\nx: 1\n", "tags: [b, them]\nx: 1\n"],
    result: "tags: [b, us, them] # why\nx: 1\n",
    at: ["tags[a]", "tags[them]"],
  },
  {
    what: "what runs in an order, with changes apart from each other",
    sides: [
      "script:\n  - a\n  - b\n  - c\n",
      "script:\n  - us\n  - a\n  - b\n  - c\n",
      "script:\n  - a\n  - b\n  - c!\n  - them\n",
    ],
    result: "script:\n  - us\n  - a\n  - b\n  - c!\n  - them\n",
    at: ["script[c]", "script[c!]", "script[them]"],
  },
  {
    what: "a script of several lines that both sides changed",
    sides: [
      "script:\n  - a\n  - |\n    1\n    2\n    3\n",
      "script:\n  - a\n  - |\n    1!\n    2\n    3\n",
      "script:\n  - a\n  - |\n    1\n    2\n    3!\n",
    ],
    result: "script:\n  - a\n  - |\n    1!\n    2\n    3!\n",
    at: ["script[1]", "script[1]"],
  },
  {
    what: "a file of two styles keeps both",
    sides: [
      "a:\n  - 1\nb:\n  c:\n    - 2\n    - 3\n",
      "a:\n- 1\nd:\n- 1\nb:\n  c:\n    - 2\n    - 3\n",
      "a:\n  - 1\nb:\n  c:\n    - 2\n    - 3\n    - 4\n",
    ],
    result: "a:\n- 1\nd:\n- 1\nb:\n  c:\n    - 2\n    - 3\n    - 4\n",
    at: ["b.c[4]"],
  },
  {
    what: "new values go the way ours writes the old ones",
    sides: [
      'version: [">=1.1", "<2"]\npin: "1.0.0"\nx: {a: "b"}\n',
      "version: ['>=1.1', '<2'] # why\npin: 1.0.0\nx: {a: 'b'}\n",
      'version: [">=1.2", "<2"]\npin: "1.0.2"\nx: {a: "1.5"}\n',
    ],
    result: "version: ['>=1.2', '<2'] # why\npin: 1.0.2\nx: {a: '1.5'}\n",
    at: ["version", "pin", "x.a"],
  },
  {
    what: "a text that ours only folded, and a comment of ours above one that theirs rewrote",
    sides: ["# t\na: one two\nb: 1\n", "# us\n# t\na: >-\n  one\n  two\nb: 1\n", "# T\na: one two three\nb: 1\n"],
    result: "# us\n# T\na: one two three\nb: 1\n",
    at: ["a"],
  },
  {
    what: "a list that ours writes in lines and theirs in brackets",
    sides: ["tags: [a]\n", "tags:\n  - a\n  - us\n", "tags: [a, them]\n"],
    result: "tags:\n  - a\n  - us\n  - them\n",
    at: ["tags[them]"],
  },
  {
    what: "documents one by one",
    sides: ["a: 1\n---\nb: 1\n", "a: 2\n---\nb: 1\n", "a: 1\n---\nb: 1\nc: 3\n"],
    result: "a: 2\n---\nb: 1\nc: 3\n",
    at: ["[document 2].c"],
  },
  {
    what: "a scalar keeps its spelling",
    sides: ["v: 1.10\non: no\nm: 0644\n", "v: 1.10\non: yes\nm: 0644\n", 'v: "1.10"\non: no\nm: 0755\n'],
    result: 'v: "1.10"\non: yes\nm: 0755\n',
    at: ["v", "m"],
  },
  {
    what: "ours' quotes and comments around theirs' value",
    sides: ["a: 'x'\nb: 1\n", 'a: "x"   # c\nb: 2\n', "a: 'y'\nb: 1\n"],
    result: 'a: "y"   # c\nb: 2\n',
    at: ["a"],
  },
  {
    what: "a renamed key takes ours' additions along",
    sides: [
      "m:\n  tests:\n    - a\n    - b\n",
      "m:\n  tests:\n    - a\n    - b\n    - us\n",
      "m:\n  data_tests:\n    - a\n    - b\n",
    ],
    result: "m:\n  data_tests:\n    - a\n    - b\n    - us\n",
    at: ["m.tests"],
  },
  {
    what: "a first key below the comments about the file",
    sides: ["# head\n\na: 1\n\nb: 2\n", "# head\n\na: 1\n\nb: 3\n", "# head\n\nnew: 1\n\na: 1\n\nb: 2\n"],
    result: "# head\n\nnew: 1\n\na: 1\n\nb: 3\n",
    at: ["new"],
  },
  {
    what: "a value that becomes a map keeps the comment on its line",
    sides: ["q: x\nb: 1\n", "q: x # mine\nb: 1\n", "q:\n  comment: x\nb: 1\n"],
    result: "q: # mine\n  comment: x\nb: 1\n",
    at: ["q"],
  },
  {
    what: "a new first key behind a dash",
    sides: [
      "s:\n  - name: a\n    uses: x@1\n",
      "s:\n  - name: a\n    uses: x@1\n    with: 1\n",
      "s:\n  - id: q\n    name: a\n    uses: x@2\n",
    ],
    result: "s:\n  - id: q\n    name: a\n    uses: x@2\n    with: 1\n",
    at: ["s[name=a].id", "s[name=a].uses"],
  },
  {
    what: "a step in front of one whose command ours changed",
    sides: [
      "steps:\n  - uses: a@v4\n  - run: dbt\n",
      "steps:\n  - uses: a@v4\n  - run: dbt -x\n",
      "steps:\n  - uses: a@v5\n  - uses: b@v1\n  - run: dbt\n",
    ],
    result: "steps:\n  - uses: a@v5\n  - uses: b@v1\n  - run: dbt -x\n",
    at: ["steps[uses=a].uses", "steps[uses=b]"],
  },
  {
    what: "quotes that ours put around a version of three numbers, which is a string either way",
    sides: ["v: 0.10.1\nw: a\n", 'v: "0.10.1"\nw: a\n', "v: 0.10.4\nw: a\n"],
    result: 'v: "0.10.4"\nw: a\n',
    at: ["v"],
  },
  {
    what: "quotes that theirs takes away",
    sides: ["v: 'a'\nw: 1\n", "v: 'a' # why\nw: 1\n", "v: b\nw: 1\n"],
    result: "v: b # why\nw: 1\n",
    at: ["v"],
  },
  {
    what: "a key renamed by theirs, with the word in its value, takes ours' additions along",
    sides: [
      "m:\n  sales:\n    +schema: sales\n",
      "m:\n  sales:\n    +schema: sales\n    us: 1\n",
      "m:\n  orders:\n    +schema: orders\n",
    ],
    result: "m:\n  orders:\n    +schema: orders\n    us: 1\n",
    at: ["m.sales", "m.sales.+schema"],
  },
  {
    what: "what ours removed stays away, and is told",
    sides: ["vars:\n  a: 1\n  b: 2\n", "vars:\n  a: 1\n", "vars:\n  a: 1\n  b: 3\n"],
    result: "vars:\n  a: 1\n",
    at: ["vars.b"],
  },
  {
    what: "Jinja without quotes beside it",
    sides: ["a: {{ x }}\nb: 1\n", "a: {{ x }}\nb: 2\n", "a: {{ y }}\nb: 1\n"],
    result: "a: {{ y }}\nb: 2\n",
    at: ["a"],
  },
  {
    what: "blanks at the ends of lines, and lines of nothing but blanks, are whose change they are",
    sides: [
      "a: 1 \nm:\n  - name: x \n    tag: 1\n  \n  - name: y\n    tag: 1\n \nz: 1\n",
      "a: 1\nm:\n  - name: x\n    tag: 1\n  \n  - name: y\n    tag: 1\n \nz: 1\n",
      "a: 1 \nm:\n  - name: x \n    tag: 1\n  \n  - name: y\n    tag: 2\n\nz: 1\n",
    ],
    result: "a: 1\nm:\n  - name: x\n    tag: 1\n  \n  - name: y\n    tag: 2\n\nz: 1\n",
    at: ["m[name=y].tag"],
  },
  {
    what: "blanks that ours took away stay away where lines clash",
    sides: [
      "m:\n  - name: x \n    tag: 1\n  - name: y\n",
      "m:\n  - name: x\n    tag: 1\n  - name: y\n  - name: us\n",
      "m:\n  - name: x \n    tag: 1\n    more: 2\n  - name: y\n  - name: them\n",
    ],
    result: "m:\n  - name: x\n    tag: 1\n    more: 2\n  - name: y\n  - name: us\n  - name: them\n",
    at: ["m[name=x].more", "m[name=them]"],
  },
  {
    what: "long keys behind a question mark",
    sides: [
      "v:\n  ? a.b.c\n  : x: 1\n    y: 1\n  d: 1\n",
      "v:\n  ? a.b.c\n  : x: 2\n    y: 1\n  d: 1\n",
      "v:\n  ? a.b.c\n  : x: 1\n    y: 3\n  ? e.f.g\n  : [1]\n  d: 1\n",
    ],
    result: "v:\n  ? a.b.c\n  : x: 2\n    y: 3\n  ? e.f.g\n  : [1]\n  d: 1\n",
    at: ['v."a.b.c".y', 'v."e.f.g"'],
  },
  {
    what: "a key that both renamed alike, and ours changed inside",
    sides: [
      "k:\n  old[0]:\n    list: a\n    more: 1\n  z: 1\n",
      "k:\n  new:\n    list: b\n    more: 1\n  z: 1\n",
      "k:\n  new:\n    list: a\n    more: 1\n  z: 2\n",
    ],
    result: "k:\n  new:\n    list: b\n    more: 1\n  z: 2\n",
    at: ['k."old[0]"', "k.z"],
  },
  {
    what: "new items of theirs in the place of those they replace, before what ours added behind",
    sides: [
      "m:\n  - name: a\n    x: 1\n  - name: b\n    x: 1\n",
      "m:\n  - name: a\n    x: 1\n  - name: b\n    x: 1\n  - name: us\n",
      "m:\n  - name: c\n    y: 7\n  - name: d\n    y: 8\n",
    ],
    result: "m:\n  - name: c\n    y: 7\n  - name: d\n    y: 8\n  - name: us\n",
    at: ["m[name=a]", "m[name=b]", "m[name=c]", "m[name=d]"],
  },
  {
    what: "an item that theirs renamed, and changed inside as ours did",
    sides: [
      "m:\n  - name: key\n    a: 1\n    b: 2\n    old: 1\n    older: 2\n  - name: z\n",
      "m:\n  - name: key\n    a: 1\n    b: 2\n    c: 3\n  - name: z\n",
      "m:\n  - name: made_of\n    a: 1\n    b: 2\n    c: 3\n  - name: z\n    t: 1\n",
    ],
    result: "m:\n  - name: made_of\n    a: 1\n    b: 2\n    c: 3\n  - name: z\n    t: 1\n",
    at: ["m[name=key]", "m[name=made_of]", "m[name=z].t"],
  },
  {
    what: "keys below an anchor on a line of its own",
    sides: [
      "x:\n  &c\n  a: 1\n  b:\n    &e\n    k: 1\ny: 1\n",
      "x:\n  &c\n  b:\n    &e\n    k: 1\ny: 1\n",
      "x:\n  &c\n  a: 1\n  b:\n    &e\n    k: 1\n    l: 2\ny: 1\n",
    ],
    result: "x:\n  &c\n  b:\n    &e\n    k: 1\n    l: 2\ny: 1\n",
    at: ["x.b.l"],
  },
  {
    what: "comments and commas of JSON",
    path: "a.jsonc",
    sides: [
      '{\n  // one\n  "a": 1,\n  "b": 2 // two\n}\n',
      '{\n  // one\n  "a": 5,\n  "b": 2 // two\n}\n',
      '{\n  // 1\n  "a": 1,\n  "b": 2, // two\n  // three\n  "c": [3]\n}\n',
    ],
    result: '{\n  // 1\n  "a": 5,\n  "b": 2, // two\n  // three\n  "c": [3]\n}\n',
    at: ["c"],
  },
  {
    what: "the last item of JSON",
    path: "a.json",
    sides: ['{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 5,\n  "b": 2\n}\n', '{\n  "a": 1\n}\n'],
    result: '{\n  "a": 5\n}\n',
    at: ["b"],
  },
]

const markers = (ours: string, base: string, theirs: string): string =>
  `<<<<<<< team\n${ours}||||||| 1.3.0\n${base}=======\n${theirs}>>>>>>> 1.4.0\n`

const OPEN: readonly Row[] = [
  {
    what: "a version range is one thing",
    sides: ['p:\n- version: [">=1", "<2"]\n', 'p:\n- version: [">=1.1", "<2"]\n', 'p:\n- version: [">=1", "<3"]\n'],
    result: `p:\n${markers('- version: [">=1.1", "<2"]\n', '- version: [">=1", "<2"]\n', '- version: [">=1", "<3"]\n')}`,
    at: ["p[0].version"],
  },
  {
    what: "a key that theirs removes has a comment of ours",
    sides: ["v:\n  a: 1\n  b: 2\n", "v:\n  a: 1\n  # note\n  b: 2\n", "v:\n  a: 1\n"],
    result: `v:\n  a: 1\n  # note\n${markers("  b: 2\n", "  b: 2\n", "")}`,
    at: ["v.b"],
  },
  {
    what: "one item, for which each side has another one now",
    sides: ["packages:\n  - local: a\n", "packages:\n  - local: b\n", "packages:\n  - local: c\n"],
    result: `packages:\n${markers("  - local: b\n", "  - local: a\n", "  - local: c\n")}`,
    at: ["packages[local=b]"],
  },
  {
    what: '`1.10` is not `"1.10"`',
    sides: ["a: 1.1\nb: 1\n", "a: 1.10\nb: 1\n", 'a: "1.10"\nb: 1\n'],
    result: `${markers("a: 1.10\n", "a: 1.1\n", 'a: "1.10"\n')}b: 1\n`,
    at: ["a"],
  },
  {
    what: "hooks run in an order",
    sides: ["on-run-end: [a]\nb: 1\n", "on-run-end: [a, us]\nb: 1\n", "on-run-end: [a, them]\nb: 2\n"],
    result: `${markers("on-run-end: [a, us]\n", "on-run-end: [a]\n", "on-run-end: [a, them]\n")}b: 2\n`,
    at: ["on-run-end"],
  },
  {
    what: "a value in a line of JSON",
    path: "a.json",
    sides: ['{"a": 1, "b": 2}\n', '{"a": 2, "b": 2}\n', '{"a": 3, "b": 4}\n'],
    result: markers('{"a": 2, "b": 4}\n', '{"a": 1, "b": 4}\n', '{"a": 3, "b": 4}\n'),
    at: ["a"],
  },
]

describe("merging by structure", () => {
  it.each(CLEAN)("$what", ({ path = "x.yml", sides, result, at }) => {
    const merged = merge(...sides, "inline", path)
    expect(merged).toMatchObject({ kind: "clean", text: result })
    const [base, ours, theirs] = sides
    const texts = { base, ours, theirs, result: merged.text }
    const told = explainText(relPathOf(path), texts, NO_SECRETS).merged
    expect(told.filter(({ what }) => what !== "layout").map((place) => place.at)).toEqual(at)
  })

  it.each(OPEN)("asks: $what", ({ path = "x.yml", sides, result, at }) => {
    const merged = merge(...sides, "inline", path)
    expect(merged).toMatchObject({ kind: "conflict", text: result })
    expect(merged.kind === "conflict" && merged.conflicts.map((conflict) => conflict.at)).toEqual(at)
  })

  it("never calls a text clean in which an anchor has two meanings", () => {
    const base = "x:\n  a: 1\nk: 1\nl: 1\nm: 1\ny:\n  a: 2\nz: 1\n"
    const ours = base.replace("x:", "x: &n").replace("k: 1", "k: *n")
    const theirs = base.replace("y:", "y: &n").replace("z: 1", "z: *n")
    expect(merge(base, ours, theirs, "inline", "x.yml").kind).toBe("conflict")
  })

  it("takes not much longer where JSON is one long line, as tools write it", () => {
    const nodes = Object.fromEntries(Array.from({ length: 6000 }, (_, n) => [`node_${n}`, { id: n, tags: ["a"] }]))
    const time = (indent: number): number => {
      const base = `${JSON.stringify({ nodes }, null, indent)}\n`
      const edit = (text: string, id: number): string => text.replace(new RegExp(`("id": ?${id}),`), "$1.5,")
      const [ours, theirs] = [edit(base, 77), edit(base, 5000)]
      const start = performance.now()
      expect(merge(base, ours, theirs, "inline", "a.json").text).toBe(edit(ours, 5000))
      return performance.now() - start
    }
    time(1)
    // About as long; with a search for the start of the line each time, twelve times as long.
    expect(time(0) / time(1)).toBeLessThan(5)
  })
})
