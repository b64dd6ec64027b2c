import { expect, test } from "vitest"
import { lintTemplate, type Releases } from "../../../src/core/template-lint/lint-template.ts"
import { parseManifest } from "../../../src/core/template/parse-manifest.ts"
import { template } from "../../helpers/manifest.ts"

type Files = Readonly<Record<string, string>>

/** Findings as `severity code file: message`, with line and column where there is one. */
function lint(yaml: string, files: Files = {}, releases: Releases = {}): string[] {
  const parsed = parseManifest(`name: tiny\nversion: 1.1.0\ndescription: a test\n${yaml}`, "template.yml")
  const input = { ...template(yaml, files), manifest: parsed.manifest }
  return lintTemplate({ template: input, manifests: [parsed] }, releases).map(
    ({ severity, code, file, position, message }) =>
      `${severity} ${code} ${file}${position ? `:${position.line}` : ""}: ${message}`,
  )
}

const NAME = `questions: [{name: domain, type: input, message: Domain, validate: {pattern: "^[a-z]+$"}}]\n`
const CI = `questions: [{name: ci, type: select, message: CI, choices: [github, none], default: none}]\n`

const CASES: readonly (readonly [what: string, yaml: string, files: Files, found: readonly string[]])[] = [
  ["nothing wrong", NAME, { "a.yml.hbs": "domain: {{yaml domain}}\n" }, []],
  ["Jinja in a file that is not rendered", NAME, { "{{domain}}.sql": "select * from {{ ref('x') }}\n" }, []],
  [
    "an unknown name in a file",
    NAME,
    { "a.txt.hbs": "x: 1\ndomain: {{domian}}\n{{domain}}: 1\n" },
    ["error template-unknown-name files/a.txt.hbs:2: unknown name {{domian}}"],
  ],
  [
    "an unknown name in a condition of a file that is never looked at",
    `${CI}files: [{path: a.txt, when: {ci: github}}]`,
    { "a.txt.hbs": "{{#if (eq ci 'x')}}{{#if typo}}{{/if}}{{/if}}" },
    ["error template-unknown-name files/a.txt.hbs:1: unknown name {{typo}}"],
  ],
  [
    "an unknown name in a path",
    NAME,
    { "{{domian}}/a.txt": "", "{{domain}}.txt": "" },
    ["error template-unknown-name files/{{domian}}/a.txt:1: unknown name {{domian}}"],
  ],
  [
    "an unknown name in next_steps",
    `${NAME}next_steps: ["cd {{domian}}"]`,
    { "{{domain}}.txt": "" },
    ["error template-unknown-name template.yml:5: unknown name {{domian}}"],
  ],
  [
    "a block that is not closed",
    NAME,
    { "a.txt.hbs": "{{#if domain}}\n" },
    ["error template-syntax files/a.txt.hbs:2: cannot be rendered: a block ({{#…}}) is not closed"],
  ],
  [
    "a tag that is not closed",
    NAME,
    { "a.txt.hbs": "{{!-- {{ --}}\\{{\n{{domain}} {{domain\nand more\n" },
    ["error template-syntax files/a.txt.hbs:2: cannot be rendered: {{domain is not closed with }}"],
  ],
  [
    "a partial",
    NAME,
    { "a.txt.hbs": "{{> part}}\n" },
    ["error template-unbounded files/a.txt.hbs: partials and inline blocks ({{> …}}, {{#*inline}}) are not supported"],
  ],
  [
    "a question that nothing uses",
    NAME,
    { "a.txt": "{{domain}}" },
    ["warning unused-question template.yml:4: domain is asked, and nothing uses its answer"],
  ],
  [
    "a derived value that nothing uses",
    `${NAME}derived: {title: "{{titleCase domain}}"}`,
    { "a.txt": "" },
    ["warning unused-derived template.yml:5: title is derived, and nothing uses it"],
  ],
  [
    "a default that uses a later answer",
    `questions: [{name: a, type: input, message: A, default: "{{b}}"}, {name: b, type: input, message: B, default: x}]`,
    { "a.txt.hbs": "{{a}}{{b}}" },
    ["error default-order template.yml:4: the default of a uses b, which is asked later"],
  ],
  [
    "a condition that asks for no choice",
    `${CI}files: [{path: a.txt, when: {ci: gitlab}}]`,
    { "a.txt": "" },
    [
      "error never-holds template.yml:5: a.txt is never rendered: its condition can never hold",
      "warning unreachable-file files/a.txt: no answers render a.txt",
    ],
  ],
  [
    "a condition that contradicts itself",
    `${CI}files: [{path: a.txt, when: {all: [{ci: github}, {ci: none}]}}]`,
    { "a.txt": "" },
    [
      "error never-holds template.yml:5: a.txt is never rendered: its condition can never hold",
      "warning unreachable-file files/a.txt: no answers render a.txt",
    ],
  ],
  [
    "a rule that fits no file",
    `${CI}files: [{path: "model/**", mode: once, when: {ci: none}}]`,
    { "models/a.sql": "" },
    ["warning rule-fits-none template.yml:5: files: model/** fits no file that the template renders"],
  ],
  [
    "a file that needs three answers at once is found",
    `questions:\n${["a", "b", "c", "d"].map((name) => `  - {name: ${name}, type: confirm, message: M}\n`).join("")}files: [{path: x.txt, when: {all: [{a: true}, {b: true}, {c: true}, {d: true}]}}]`,
    { "x.txt": "" },
    [],
  ],
  [
    "renames that rename nothing",
    "renames: [{from: a.txt, to: b.txt, since: 1.1.0}, {from: c.txt, to: a.txt, since: 9.0.0}]",
    { "a.txt": "" },
    [
      "error rename-still-there template.yml:4: renames: a.txt is still rendered",
      "error rename-later template.yml:4: a rename since 9.0.0, and the template is 1.1.0",
      "warning rename-to-none template.yml:4: renames: nothing renders b.txt, which a.txt became",
    ],
  ],
  [
    "a file renamed twice",
    "renames: [{from: a.txt, to: b.txt, since: 1.0.0}, {from: b.txt, to: c.txt, since: 1.1.0}]",
    { "c.txt": "" },
    [],
  ],
  [
    "YAML that repeats a key with some answers only",
    CI,
    { "a.yml.hbs": "a: 1\n{{#if (eq ci 'github')}}a: 2\n{{/if}}" },
    ["error rendered-syntax files/a.yml.hbs: renders a.yml that is no valid YAML, line 2: Map keys must be unique"],
  ],
  [
    "JSON that does not parse",
    "",
    { "a.json": '{"a": 1,\n "b": }\n' },
    ["error rendered-syntax files/a.json: renders a.json that is no valid JSON, line 2: it cannot be read here"],
  ],
  [
    "JSON that repeats a key",
    "",
    { "a.json": '{"a": 1,\n "a": 2}\n' },
    ["error rendered-syntax files/a.json: renders a.json that is no valid JSON, line 2: a is set twice"],
  ],
  [
    "TOML that repeats a key",
    "",
    { "a.toml": "a = 1\na = 2\n" },
    ["error rendered-syntax files/a.toml: renders a.toml that is no valid TOML: a is set twice"],
  ],
  [
    "a name without a value where its question is not asked",
    `questions: [{name: ci, type: confirm, message: CI}, {name: url, type: input, message: URL, default: x, when: {ci: true}}]`,
    { "a.txt.hbs": "{{url}}" },
    ["error template-no-value files/a.txt.hbs:1: {{url}} has no value with these answers: its question is not asked"],
  ],
  [
    "an answer that can break out of YAML",
    "questions: [{name: title, type: input, message: Title}]",
    { "a.yml.hbs": "# {{title}}\ntitle: {{title}}\n" },
    [
      'warning unquoted-answer files/a.yml.hbs:1: title can break out of its place: "a: b" is an answer that it accepts',
    ],
  ],
  [
    "an answer that YAML takes for something else",
    NAME,
    { "a.yml.hbs": "domain: {{domain}}\n" },
    [
      'warning unquoted-answer files/a.yml.hbs:1: domain can break out of its place: "yes" is an answer that it accepts',
    ],
  ],
  [
    "an answer that is cut off in YAML",
    `questions: [{name: title, type: input, message: Title, validate: {pattern: "^[a-z #]+$", not: ["yes", "null"]}}]`,
    { "a.yml.hbs": "title: {{title}}\n" },
    [
      'warning unquoted-answer files/a.yml.hbs:1: title can break out of its place: "a #b" is an answer that it accepts',
    ],
  ],
  [
    "an answer that can end a string of SQL",
    "questions: [{name: title, type: input, message: Title}]",
    { "a.sql.hbs": "select '{{title}}'\n" },
    [`warning unquoted-answer files/a.sql.hbs:1: title can break out of its place: "a'b" is an answer that it accepts`],
  ],
  [
    "an answer in HCL, through a derived value",
    `questions: [{name: title, type: input, message: Title}]\nderived: {label: "x{{title}}"}`,
    { "a.tf.hbs": 'name = "{{label}}"\n' },
    [
      `warning unquoted-answer files/a.tf.hbs:1: title can break out of its place: "a\\"b" is an answer that it accepts`,
    ],
  ],
  [
    "items of a list",
    "questions: [{name: tags, type: list, message: Tags, default: [a]}]",
    { "a.yml.hbs": "tags:\n{{#each tags}}  - {{this}}\n{{/each}}" },
    [`warning unquoted-answer files/a.yml.hbs:2: tags can break out of its place: "a: b" is an answer that it accepts`],
  ],
  [
    "answers behind helpers, and in comments",
    "questions: [{name: title, type: input, message: Title}, {name: tags, type: list, message: Tags, default: [a]}]",
    {
      "a.yml.hbs": "# {{title}}\ntitle: {{yaml title}}\ntags: {{yaml tags}}\nslug: x-{{kebabCase title}}\n",
      "a.json.hbs": '{"title": {{json title}} }\n',
      "a.tf.hbs": "title = {{hcl title}}\n",
      "a.sql.hbs": "select {{sqlString title}} -- {{title}}\n",
    },
    [],
  ],
  [
    "an example that the question refuses",
    `questions: [{name: domain, type: input, message: Domain, examples: [ok, Wrong], validate: {pattern: "^[a-z]+$"}}]`,
    { "{{domain}}.txt": "" },
    ['error example-refused template.yml:4: domain: the example "Wrong" must match ^[a-z]+$'],
  ],
  [
    "a question that no answer is known for",
    `questions: [{name: domain, type: input, message: Domain, validate: {pattern: "^(?=x)(?!x)$"}}]`,
    { "a.txt.hbs": "{{#if domain}}{{domain}}{{/if}}" },
    ["warning no-sample template.yml:4: domain: no answer is known that it accepts, so it is not tried"],
  ],
  [
    "answers of tests that do not fit",
    `${CI}test: {answers: [{ci: gitlab}]}`,
    { "{{ci}}.txt": "" },
    ['error invalid-answer template.yml:5: test.answers: ci: "gitlab" must be one of github, none'],
  ],
]

test.each(CASES)("%s", (_, yaml, files, found) => {
  expect(lint(yaml, files)).toEqual(found)
})

const OLD = template(
  `questions:\n  - {name: ci, type: select, message: CI, choices: [github, none], default: github}\n  - {name: team, type: input, message: Team, default: x}`,
  { "ci/lint.txt": "one line of it\nand another one\n", "a.txt": "" },
)

test("tells what breaks projects of the release before", () => {
  const yaml = `questions:\n  - {name: ci, type: select, message: CI, choices: [none], default: none}\n  - {name: owner, type: input, message: Owner}`
  const files = { "{{ci}}{{owner}}.txt": "", "lint.txt": "one line of it\nand another one\n" }
  expect(lint(yaml, files, { previous: OLD })).toEqual([
    'error answer-refused template.yml:5: ci refuses "github", which it accepted in 1.0.0: it must be none',
    "error question-removed template.yml:5: the question team is gone since 1.0.0, and with it what projects answered",
    "error question-required template.yml:6: owner has no default, and projects of 1.0.0 have no answer: their update fails until somebody gives one",
    "warning file-gone template.yml:1: a.txt of 1.0.0 is gone, and no rename says where to: an update removes it",
    "warning moved-file template.yml:1: ci/lint.txt of 1.0.0 seems to be lint.txt now, and no rename says so: what teams wrote into it may not go along",
  ])
})

test("says nothing of what was renamed", () => {
  const yaml = `questions:\n  - {name: ci, type: select, message: CI, choices: [github, none], default: none}\n  - {name: owner, type: input, message: Owner, default: x}\nrenames: [{question: team, to: owner, since: 1.1.0}, {from: ci/, to: lint/, since: 1.1.0}]`
  const files = { "{{ci}}{{owner}}.txt": "", "a.txt": "", "lint/lint.txt": "one line of it\nand another one\n" }
  expect(lint(yaml, files, { previous: OLD })).toEqual([])
})

const DEEP = "questions: [{name: deep, type: confirm, message: Deep?, default: false}]\n"
const MOVED = template(`${DEEP}files: [{path: deep.txt, when: {deep: true}}]`, {
  "docs/on-call.md": "# On call\nCall us.\n",
  "x/notes.md": "some notes\n",
  "bye.txt": "bye\n",
  "deep.txt": "deep\n",
})

test("every file that is gone since the last release is told, with the name that it probably has now", () => {
  const files = {
    "docs/{{deep}}-operations.md":
      "# On call\nCall us.\n\n## When a build fails\nLook at its newest run.\nWait.\nAsk.\n",
    "y/notes.md": "others\n",
  }
  expect(lint(DEEP, files, { previous: MOVED }).map((each) => each.replace(/ of 1.0.0.*/, ""))).toEqual([
    "warning file-gone template.yml:1: bye.txt",
    "warning file-gone template.yml:1: deep.txt",
    "warning moved-file template.yml:1: docs/on-call.md",
    "warning moved-file template.yml:1: x/notes.md",
  ])
})

test("a file that the release notes name is meant to go, where no new one is like it", () => {
  const notes = "## 1.1.0\n\n- `docs/on-call.md`, x/notes.md, deep.txt and bye.txt are gone.\n\n## 1.0.0\n"
  const parsed = parseManifest(`name: tiny\nversion: 1.1.0\ndescription: a test\n${DEEP}`, "template.yml")
  const files = { "{{deep}}-operations.md": "# On call\nCall us.\nAnd more.\n", "y/notes.md": "others\n" }
  const now = { ...template(DEEP, files), manifest: parsed.manifest, notes }
  const found = lintTemplate({ template: now, manifests: [parsed] }, { previous: MOVED })
  expect(found.map(({ message }) => message)).toEqual([
    "docs/on-call.md of 1.0.0 seems to be false-operations.md now, and no rename says so: what teams wrote into it may not go along",
  ])
})

test("what is dropped, renamed, or another template's is not told as gone", () => {
  const files = { "new/notes.md": "others\n", "{{deep}}.txt": "" }
  const renames =
    "renames: [{from: x/, to: new/, since: 1.1.0}, {from: docs/on-call.md, to: new/notes.md, since: 1.1.0}]"
  const drop = "drop: ['*.txt']"
  const gone = (yaml: string): string[] =>
    lint(`${DEEP}${yaml}`, files, { previous: MOVED }).filter((each) => each.includes("gone"))
  expect(gone(`${renames}\n${drop}`)).toEqual([])
  const below = { ...MOVED, layers: MOVED.layers.map((layer) => ({ ...layer, depth: 1 })) }
  expect(lint(DEEP, files, { previous: below })).toEqual([])
})

test("after a major release, what it breaks is a remark, with what is left to do", () => {
  const parsed = parseManifest("name: tiny\nversion: 2.0.0\ndescription: a test\n", "template.yml")
  const now = { ...template("", { "a.txt": "", "ci/lint.txt": "" }), manifest: parsed.manifest }
  const found = lintTemplate({ template: now, manifests: [parsed] }, { previous: OLD })
  expect(found.map(({ severity, hint }) => [severity, hint])).toEqual(
    ["ci", "team"].map((name) => [
      "info",
      `has it another name? renames: [{question: ${name}, to: …, since: 2.0.0}]; else tell in the release notes what it was for`,
    ]),
  )
})

test("tells that a released version changed", () => {
  const same = { ...template("", { "a.txt": "a\n" }), manifest: { ...template("", {}).manifest, version: "1.1.0" } }
  expect(lint("", { "a.txt": "a\n" }, { same })).toEqual([])
  expect(lint("", { "a.txt": "b\n" }, { same })).toEqual([
    "warning version-released template.yml:2: version 1.1.0 is released (1.0.0), and the template renders something else now",
  ])
})

test("what npm leaves out of packages is told where the template is one", () => {
  const input = template("", { ".gitignore": "", "a/.npmrc": "", ".gitattributes.hbs": "" })
  const found = (isPackage: boolean): string[] =>
    lintTemplate({ template: input, manifests: [], isPackage }, {}).map(({ code, file }) => `${code} ${file}`)
  expect(found(true)).toEqual(["not-packed files/.gitignore", "not-packed files/a/.npmrc"])
  expect(found(false)).toEqual([])
})

test("what the parsers here cannot read is a doubt; a key that is there twice is an error", () => {
  expect(lint("", { "a.tf": "resource {{ broken\n" })).toEqual([expect.stringMatching(/^warning rendered-unread /)])
  expect(lint("", { "a.toml": "a = 1\na = 2\n" })).toEqual([
    expect.stringMatching(/^error rendered-syntax .* is set twice/),
  ])
})
