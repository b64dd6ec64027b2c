import { describe, expect, it } from "vitest"
import { sameMeaning } from "../../../src/core/merge/formats/index.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { merge, update } from "./build.ts"

/** What the template rendered, what a formatter made of it, and what looks alike but is somebody's work: first the template's. */
const FILES: Readonly<Record<string, readonly [base: string, relaid: string, ...changed: readonly string[]]>> = {
  "models/_models.yml": [
    'models:\n- name: a   # the first\n  tags: [x, y]\n  v: "1"\n',
    "models:\n\n  - name: a # the first\n    v: '1'\n    tags:\n      - x\n      - y\n",
    'models:\n- name: a   # the first one\n  tags: [x, y]\n  v: "1"\n',
    'models:\n- name: a   # the first\n  tags: [y, x]\n  v: "1"\n',
    "models:\n- name: a   # the first\n  tags: [x, y]\n  v: 1\n",
    'models:\n# why\n- name: a   # the first\n  tags: [x, y]\n  v: "1"\n',
  ],
  ".vscode/settings.json": [
    '{"a": [1, 2], // one\n"b": {"c": true}}\n',
    '{\n  "a": [1, 2], // one\n  "b": {\n    "c": true\n  }\n}\n',
    '{\n  "a": [1, 2, 3], // one\n  "b": { "c": true }\n}\n',
    '{\n  "a": [1, 2], // two\n  "b": { "c": true }\n}\n',
  ],
  "infra/main.tf": [
    'resource "a" "b" {\n  x = 1 # one\n  long_name = ["a","b"]\n  rule { y = 1 }\n  o = { a = 1 }\n}\n',
    'resource "a" "b" {\n  x         = 1 # one\n  long_name = ["a", "b"]\n\n  rule { y = 1 }\n  o = { a = 1 }\n}\n',
    'resource "a" "b" {\n  x = 1 # two\n  long_name = ["a","b"]\n  rule { y = 1 }\n  o = { a = 1 }\n}\n',
    'resource "a" "b" {\n  x = 2 # one\n  long_name = ["a","b"]\n  rule { y = 1 }\n  o = { a = 1 }\n}\n',
  ],
  "pyproject.toml": [
    'a = 1 # one\nb = ["x", "y"]\n[t]\nc = "d"\n[[u]]\ne = 1\n[[u]]\ne = 2\n',
    'a   = 1 # one\nb = [\n  "x",\n  "y",\n]\n\n[t]\nc = "d"\n\n[[u]]\ne = 1\n\n[[u]]\ne = 2\n',
    'a = 1 # one\nb = ["x"]\n[t]\nc = "d"\n[[u]]\ne = 1\n[[u]]\ne = 2\n',
    'a = 1 # one\nb = ["x", "y"]\n[t]\nc = "d"\n[[u]]\ne = 2\n[[u]]\ne = 1\n',
    'a = 1 # one\nb = [\n  "x", # why\n  "y",\n]\n[t]\nc = "d"\n[[u]]\ne = 1\n[[u]]\ne = 2\n',
  ],
  ".sqlfluff": [
    "[sqlfluff]\na=1\nb = x,y\n[c]\nd = 1\n",
    "[sqlfluff]\na = 1\nb = x, y\n\n[c]\nd = 1\n",
    "[sqlfluff]\na=1\nb = x,y\n[c]\nd = 2\n",
    "[sqlfluff]\n# why\na=1\nb = x,y\n[c]\nd = 1\n",
    "[sqlfluff]\na=1\nb =\n    x\n    y\n[c]\nd = 1\n",
  ],
  ".gitignore": ["a/\nb/\n", "a/\n\n\nb/  \n", "b/\na/\n", "a/\nb/\nc/\n", "a/\nb\n"],
  CODEOWNERS: ["* @a @b\n/x/ @c\n", "*    @a @b\n/x/  @c\n", "/x/ @c\n* @a @b\n", "* @a\n/x/ @c\n"],
  "requirements.txt": ["a==1\nb>=2\n", "a == 1\n\nb >= 2\n", "a==1\nb>=2 # why\n", "a==1\nb>=3\n"],
}

describe("a file that a formatter laid out anew", () => {
  it.each(Object.entries(FILES))("means what it meant: %s", (path, [base, relaid, ...changed]) => {
    expect(sameMeaning(relPathOf(path), base, relaid)).toBe(true)
    for (const text of changed) expect([text, sameMeaning(relPathOf(path), base, text)]).toEqual([text, false])
  })

  it.each(Object.entries(FILES))("goes when the template drops it: %s", (path, [base, relaid, ...changed]) => {
    expect(update({ [path]: base }, { [path]: relaid }, {}).lines).toEqual([
      `${path}: delete deleted-by-template clean`,
    ])
    for (const text of changed)
      expect(update({ [path]: base }, { [path]: text }, {}).lines[0]).toMatch(/team-changed conflict$/)
  })

  it.each(Object.entries(FILES))("takes what the template changes: %s", (path, [base, relaid, theirs]) => {
    for (const style of ["inline", "ours"] as const) {
      const merged = merge(base, relaid, theirs!, style, path)
      expect(merged.kind).toBe("clean")
      expect(sameMeaning(relPathOf(path), merged.text, theirs!)).toBe(true)
    }
  })

  it.each(Object.entries(FILES))(
    "by the template, leaves the team's changes: %s",
    (path, [base, relaid, ...changed]) => {
      for (const ours of changed) {
        const merged = merge(base, ours, relaid, "inline", path)
        expect(merged.kind).toBe("clean")
        expect(sameMeaning(relPathOf(path), merged.text, ours)).toBe(true)
      }
    },
  )

  it.each([
    ["README.md", "a\nb\n", "a\n\nb\n"],
    ["macros/x.sql", "select 1\n", "select  1\n"],
    ["Makefile", "a:\n\tb\n", "a:\n    b\n"],
    ["x.yml", "a: [\n", "a:  [\n"],
  ])("in %s nobody can tell", (path, base, ours) => {
    expect(sameMeaning(relPathOf(path), base, ours)).toBe(false)
    expect(update({ [path]: base }, { [path]: ours }, {}).lines[0]).toMatch(/team-changed conflict$/)
  })
})
