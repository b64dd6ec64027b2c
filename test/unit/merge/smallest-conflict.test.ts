import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"

interface Row {
  readonly what: string
  readonly path?: string
  readonly sides: readonly [base: string, ours: string, theirs: string]
  readonly result: string
}

const markers = (ours: string, base: string, theirs: string): string =>
  `<<<<<<< team\n${ours}||||||| 1.3.0\n${base}=======\n${theirs}>>>>>>> 1.4.0\n`

const steps = (...commands: readonly string[]): string =>
  `jobs:\n  dbt:\n    steps:\n${commands.map((command) => `      - run: ${command}\n`).join("")}`

const CLEAN: readonly Row[] = [
  {
    what: "a step without a name that got an option, behind a new one",
    path: ".github/workflows/ci.yml",
    sides: [
      steps("dbt deps", "dbt build"),
      steps("dbt deps", "dbt build", "edr report"),
      steps("dbt deps", "dbt parse", "dbt build --fail-fast"),
    ],
    result: steps("dbt deps", "dbt parse", "dbt build --fail-fast", "edr report"),
  },
  {
    what: "keys that are there twice, in their order",
    sides: [
      "a: 1\na: 2\nb: 1\nc:\n  d: 1\n",
      "a: 1\na: 3\nb: 1\nc:\n  d: 2\n",
      "a: 1\na: 2\nb: 2\nc:\n  d: 1\n  e: 1\n",
    ],
    result: "a: 1\na: 3\nb: 2\nc:\n  d: 2\n  e: 1\n",
  },
  {
    what: "two merge keys",
    sides: [
      "x: &n {a: 1}\ny:\n  <<: *n\n  <<: *n\nz: 1\n",
      "x: &n {a: 1}\ny:\n  <<: *n\n  <<: *n\n  us: 1\nz: 1\n",
      "x: &n {a: 1}\ny:\n  <<: *n\n  <<: *n\n  q: 1\nz: 2\n",
    ],
    result: "x: &n {a: 1}\ny:\n  <<: *n\n  <<: *n\n  us: 1\n  q: 1\nz: 2\n",
  },
  {
    what: "a key that is no name, beside others",
    sides: [
      "a: 1\n? [x, y]\n: 2\nb:\n  d: 1\n",
      "a: 2\n? [x, y]\n: 2\nb:\n  d: 2\n",
      "a: 1\n? [x, y]\n: 2\nb:\n  d: 1\n  e: 1\n",
    ],
    result: "a: 2\n? [x, y]\n: 2\nb:\n  d: 2\n  e: 1\n",
  },
  {
    what: "the lines of what cannot be looked into",
    sides: [
      "? [x]\n: a: 1\n  b: 2\n  c: 3\nz: 1\n",
      "? [x]\n: a: 9\n  b: 2\n  c: 3\nz: 1\n",
      "? [x]\n: a: 1\n  b: 2\n  c: 9\nz: 2\n",
    ],
    result: "? [x]\n: a: 9\n  b: 2\n  c: 9\nz: 2\n",
  },
  {
    what: "Jinja that makes one value unreadable, beside others",
    sides: [
      "a: {{ x }} y\nb: 1\nc:\n  d: 1\n",
      "a: {{ x }} y\nb: 1\nc:\n  d: 2\n",
      "a: {{ x }} z\nb: 2\nc:\n  d: 1\n  e: 1\n",
    ],
    result: "a: {{ x }} z\nb: 2\nc:\n  d: 2\n  e: 1\n",
  },
  {
    what: "the lines of a value that cannot be read",
    sides: [
      "a:\n  {% if x %}\n  b: 1\n  {% endif %}\n  c: 1\n# about d\nd:\n  e: 1\n",
      "a:\n  {% if x %}\n  b: 2\n  {% endif %}\n  c: 1\n# about d\nd:\n  e: 1\n  us: 1\n",
      "a:\n  {% if x %}\n  b: 1\n  {% endif %}\n  c: 2\n# about d\nd:\n  e: 1\n  them: 1\n",
    ],
    result: "a:\n  {% if x %}\n  b: 2\n  {% endif %}\n  c: 2\n# about d\nd:\n  e: 1\n  us: 1\n  them: 1\n",
  },
  {
    what: "an alias follows what theirs changes in its anchor",
    sides: ["x: &n\n  a: 1\ny: 2\n", "x: &n\n  a: 1\ny: *n\n", "x: &n\n  a: 2\ny: 2\n"],
    result: "x: &n\n  a: 2\ny: *n\n",
  },
  {
    what: "a comma behind the last item, for those who have one",
    path: "a.jsonc",
    sides: ['{\n  "a": 1,\n}\n', '{\n  "a": 1, // one\n  "us": 2,\n}\n', '{\n  "a": 1,\n  "them": [3,],\n}\n'],
    result: '{\n  "a": 1, // one\n  "us": 2,\n  "them": [3,],\n}\n',
  },
]

const OPEN: readonly Row[] = [
  {
    what: "a step without a name to which both gave options, and nothing beside it",
    path: ".github/workflows/ci.yml",
    sides: [
      steps("dbt deps", "dbt build"),
      steps("dbt deps", "dbt build --exclude nightly", "edr report"),
      steps("dbt deps", "dbt parse", "dbt build --fail-fast"),
    ],
    result: steps("dbt deps", "dbt parse", "@", "edr report").replace(
      "      - run: @\n",
      markers(
        "      - run: dbt build --exclude nightly\n",
        "      - run: dbt build\n",
        "      - run: dbt build --fail-fast\n",
      ),
    ),
  },
  {
    what: "the clashing lines of a text block",
    sides: [
      "a: |\n  1\n  2\n  3\n  4\nb: 1\n",
      "a: |\n  1\n  2 us\n  3\n  4\nb: 2\n",
      "a: |\n  1\n  2 them\n  3\n  4\n  5\nb: 1\n",
    ],
    result: `a: |\n  1\n${markers("  2 us\n", "  2\n", "  2 them\n")}  3\n  4\n  5\nb: 2\n`,
  },
  {
    what: "the last line of a text block",
    sides: ["a: |\n  1\n  2\nb: 1\n", "a: |\n  1\n  2 us\nb: 2\n", "a: |\n  1\n  2 them\nb: 1\n"],
    result: `a: |\n  1\n${markers("  2 us\n", "  2\n", "  2 them\n")}b: 2\n`,
  },
  {
    what: "a line of a heredoc",
    path: "main.tf",
    sides: [
      "a = <<EOT\n  1\n  2\n  3\nEOT\nb = 1\n",
      "a = <<EOT\n  1\n  2 us\n  3\nEOT\nb = 2\n",
      "a = <<EOT\n  1\n  2 them\n  3\nEOT\nb = 1\n",
    ],
    result: `a = <<EOT\n  1\n${markers("  2 us\n", "  2\n", "  2 them\n")}  3\nEOT\nb = 2\n`,
  },
  {
    what: "the line of a map on one line, with the rest of it merged",
    sides: ["x: {a: 1, b: 2, c: 3}\ny: 1\n", "x: {a: 1, b: 3, c: 3}\ny: 1\n", "x: {a: 1, c: 4}\ny: 2\n"],
    result: `${markers("x: {a: 1, b: 3, c: 4}\n", "x: {a: 1, b: 2, c: 4}\n", "x: {a: 1, c: 4}\n")}y: 2\n`,
  },
  {
    what: "the last member of JSON, with the comma in front of it",
    path: "a.json",
    sides: ['{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "a": 1,\n  "b": 3\n}\n', '{\n  "a": 1\n}\n'],
    result: `{\n${markers('  "a": 1,\n  "b": 3\n', '  "a": 1,\n  "b": 2\n', '  "a": 1\n')}}\n`,
  },
  {
    what: "the value alone that cannot be read and that both changed",
    sides: ["a: {{ x }} y\nb: 1\nc: 1\n", "a: {{ x }} us\nb: 1\nc: 2\n", "a: {{ x }} them\nb: 2\nc: 1\n"],
    result: `${markers("a: {{ x }} us\n", "a: {{ x }} y\n", "a: {{ x }} them\n")}b: 2\nc: 2\n`,
  },
  {
    what: "neighbours one by one",
    sides: ["a: 1\nb: 1\nc: 1\n", "a: 2\nb: 2\nc: 1\n", "a: 3\nb: 3\nc: 2\n"],
    result: `${markers("a: 2\n", "a: 1\n", "a: 3\n")}${markers("b: 2\n", "b: 1\n", "b: 3\n")}c: 2\n`,
  },
]

describe("the smallest place", () => {
  it.each(CLEAN)("no question: $what", ({ path = "x.yml", sides, result }) => {
    expect(merge(...sides, "inline", path)).toMatchObject({ kind: "clean", text: result })
  })

  it.each(OPEN)("a conflict covers $what", ({ path = "x.yml", sides, result }) => {
    expect(merge(...sides, "inline", path)).toMatchObject({ kind: "conflict", text: result })
  })

  it("an alias never stands for something else in silence", () => {
    const base = "x: &n\n  a: 1\ny:\n  a: 2\nz: 1\n"
    const ours = base.replace("z: 1", "z: *n")
    const theirs = "x:\n  a: 1\ny: &n\n  a: 2\nz: 1\n"
    expect(merge(base, ours, theirs, "inline", "x.yml").kind).toBe("conflict")
  })

  it("a file in which one side's answers make no sense together is that side's", () => {
    const base = '{\n  "b": 1,\n  "c": { "x": 1 }\n}\n'
    const ours = '{\n  "b": 1,\n  "b": 1,\n  "us": 1,\n  "c": {\n    "x": 2\n  }\n}\n'
    const theirs = '{\n  "c": { "x": 3 },\n  "b": 2\n}\n'
    for (const style of ["ours", "theirs"] as const)
      expect(() => JSON.parse(merge(base, ours, theirs, style, "a.json").text) as unknown).not.toThrow()
  })
})
