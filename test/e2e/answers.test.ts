import { execa } from "execa"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { environment, json, meshwright, program, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

/** A template that shows each answer, and asks for every kind of them. */
const TEMPLATE = `
name: asks
version: 1.0.0
description: Asks for everything
named_by: name
questions:
  - {name: name, type: input, message: Name, validate: {pattern: "^[a-z]+$", message: must be small letters}}
  - {name: owner, type: input, message: Owner}
  - {name: size, type: number, message: Size, default: 3, validate: {min: 1, max: 9}}
  - {name: ci, type: select, message: CI, choices: [github, gitlab], default: github}
  - {name: parts, type: checkbox, message: Parts, choices: [a, b, c], default: [a]}
  - {name: tags, type: list, message: Tags, default: [x]}
  - {name: open, type: confirm, message: Open, default: false}
  - {name: reason, type: input, message: Reason, when: {open: true}}
  - {name: token, type: password, message: Token, default: t0}
`
const OUT =
  'name={{name}} owner={{owner}} size={{size}} ci={{ci}} parts={{join parts "+"}} tags={{join tags "+"}} open={{open}}\n'

/** A folder with the template above. */
function prepared(): string {
  const cwd = folder()
  write(cwd, { "asks/template.yml": TEMPLATE, "asks/files/out.txt.hbs": OUT })
  return cwd
}

const NEW = ["new", "one", "--template", "./asks", "--yes", "--no-git"]

describe("precedence", () => {
  test("flag, answers file, environment, recorded, default: each wins over those behind it", async () => {
    const cwd = prepared()
    write(cwd, { "answers.yml": "owner: file\nsize: 5\n" })
    const env = { MESHWRIGHT_ANSWER_OWNER: "env", MESHWRIGHT_ANSWER_SIZE: "7", MESHWRIGHT_ANSWER_CI: "gitlab" }
    await succeed([...NEW, "--answers", "answers.yml", "--set", "owner=flag"], { cwd, env })
    expect(read(cwd, "one/out.txt")).toBe("name=one owner=flag size=5 ci=gitlab parts=a tags=x open=false\n")

    const one = join(cwd, "one")
    await succeed(["update", "--yes"], { cwd: one, env: { MESHWRIGHT_ANSWER_SIZE: "7" } })
    expect(read(one, "out.txt")).toContain("owner=flag size=7 ci=gitlab")
    await succeed(["update", "--yes", "--answers", "../answers.yml"], {
      cwd: one,
      env: { MESHWRIGHT_ANSWER_SIZE: "8" },
    })
    expect(read(one, "out.txt")).toContain("owner=file size=5 ci=gitlab")
    await succeed(["update", "--yes", "--set", "size=9"], { cwd: one })
    expect(read(one, "out.txt")).toContain("owner=file size=9 ci=gitlab")
  })

  test("the last of several flags and files wins; copier's names for flags work", async () => {
    const cwd = prepared()
    write(cwd, { "a.yml": "owner: a\nsize: 1", "b.json": '{"owner": "b"}' })
    await succeed(
      [
        "new",
        "one",
        "--template",
        "./asks",
        "--defaults",
        "--no-git",
        "--data-file",
        "a.yml",
        "--data-file",
        "b.json",
        "-d",
        "ci=github",
        "--data",
        "ci=gitlab",
      ],
      { cwd },
    )
    expect(read(cwd, "one/out.txt")).toContain("owner=b size=1 ci=gitlab")
  })

  test("an answer edited in meshwright.yml is applied by update, and told by check until then", async () => {
    const cwd = prepared()
    await succeed([...NEW, "--set", "owner=ann"], { cwd })
    const one = join(cwd, "one")
    write(one, { "meshwright.yml": read(one, "meshwright.yml").replace("owner: ann", "owner: bob") })
    const check = await json(["check"], { cwd: one })
    expect({ exitCode: check.exitCode, codes: check.document.findings?.map(({ code }) => code) }).toEqual({
      exitCode: 3,
      codes: ["answer-drift"],
    })
    await succeed(["update", "--yes"], { cwd: one })
    expect(read(one, "out.txt")).toContain("owner=bob")
    expect(await meshwright(["check"], { cwd: one })).toMatchObject({ exitCode: 0 })
  })

  test("check says what update would refuse, with the same place: a wrong answer, an unknown one, an older version", async () => {
    const cwd = prepared()
    await succeed([...NEW, "--set", "owner=ann"], { cwd })
    const one = join(cwd, "one")
    const before = read(one, "meshwright.yml")
    write(one, { "meshwright.yml": before.replace("ci: github", "ci: jenkins\n  ownr: bob") })
    const check = await json(["check"], { cwd: one })
    const update = await json(["update", "--yes"], { cwd: one })
    expect({ check: check.exitCode, update: update.exitCode }).toEqual({ check: 3, update: 2 })
    const findings = check.document.findings ?? []
    expect(findings.map(({ code }) => code).toSorted()).toEqual(["answer-drift", "invalid-answer", "unknown-answer"])
    expect(findings.filter(({ code }) => code !== "answer-drift")).toEqual(update.document.errors)
    expect(findings.find(({ code }) => code === "answer-drift")?.hint).toContain("mend what the template does not take")

    write(one, { "meshwright.yml": before.replace(/^version: .*$/m, "version: 0.0.1") })
    const older = await json(["check"], { cwd: one })
    expect(older.document.findings).toMatchObject([
      { code: "record-drift", hint: expect.stringContaining("`meshwright update --to 0.0.1`") as string },
    ])
  })
})

describe("kinds of answers", () => {
  test("in YAML, in JSON, as texts of flags", async () => {
    const cwd = prepared()
    const expected = "name=one owner=ann size=4 ci=gitlab parts=b+c tags=p+q open=true\n"
    const yaml = "owner: ann\nsize: 4\nci: gitlab\nparts: [b, c]\ntags:\n  - p\n  - q\nopen: true\nreason: because\n"
    const settings = ["owner=ann", "size=4", "ci=gitlab", "parts=b,c", "tags=p, q", "open=yes", "reason=because"]
    for (const [name, args, input] of [
      ["yaml", ["--answers", "-"], yaml],
      ["json", ["--answers", "-"], JSON.stringify(parse(yaml))],
      ["flags", settings.flatMap((each) => ["--set", each]), ""],
    ] as const) {
      await succeed([...NEW, "--dest", name, ...args], { cwd, input })
      expect(read(cwd, `${name}/out.txt`)).toBe(expected)
    }
    expect(snapshot(join(cwd, "json"))).toEqual(snapshot(join(cwd, "flags")))
    expect(snapshot(join(cwd, "yaml"))).toEqual(snapshot(join(cwd, "flags")))
  })

  test("a secret is never written down, nor told", async () => {
    const cwd = prepared()
    const { stdout } = await succeed([...NEW, "--set", "owner=ann", "--set", "token=hunter2", "--verbose"], { cwd })
    expect(stdout).not.toContain("hunter2")
    expect(JSON.stringify(snapshot(join(cwd, "one")))).not.toContain("hunter2")
  })
})

describe("what is missing or wrong ends with 2, all of it named with its flag, and nothing is written", () => {
  test.each([
    ["missing", [], {}, "", ["missing-answer owner --set owner=…"]],
    [
      "a missing one that another answer asks for",
      ["--set", "open=true"],
      {},
      "",
      ["missing-answer owner --set owner=…", "missing-answer reason --set reason=…"],
    ],
    [
      "of a flag",
      ["--set", "owner=ann", "--set", "size=ten", "--set", "ci=jenkins", "--set", "open=perhaps", "--set", "parts=a,z"],
      {},
      "",
      [
        "invalid-answer size --set size=…",
        "invalid-answer ci --set ci=…",
        "invalid-answer parts --set parts=…",
        "invalid-answer open --set open=…",
      ],
    ],
    ["out of bounds", ["--set", "owner=ann", "--set", "size=10"], {}, "", ["invalid-answer size --set size=…"]],
    ["empty", ["--set", "owner="], {}, "", ["invalid-answer owner --set owner=…"]],
    ["nothing, in a file", ["--answers", "-"], {}, "owner:\n", ["invalid-answer owner --set owner=…"]],
    [
      "a map in a file",
      ["--answers", "-"],
      {},
      "owner: {a: 1}\nsize: [1, 2]",
      ["invalid-answer owner --set owner=…", "invalid-answer size --set size=…"],
    ],
    [
      "of the environment",
      ["--set", "owner=ann"],
      { MESHWRIGHT_ANSWER_SIZE: "0" },
      "",
      ["invalid-answer size --set size=…"],
    ],
    [
      "unknown in a flag",
      ["--set", "owner=ann", "--set", "ownr=x"],
      {},
      "",
      ["unknown-answer ownr did you mean owner?"],
    ],
    [
      "unknown in a file",
      ["--set", "owner=ann", "--answers", "-"],
      {},
      "nmae: x\n__proto__: y",
      ["unknown-answer nmae did you mean name?", "unknown-answer __proto__ its questions:"],
    ],
    ["unknown and missing", ["--set", "szie=4"], {}, "", ["unknown-answer szie", "missing-answer owner --set owner=…"]],
  ])("%s", async (_, args, env, input, expected) => {
    const cwd = prepared()
    const before = snapshot(cwd)
    const { exitCode, document } = await json([...NEW, ...args], { cwd, env, input })
    const told = document.errors?.map(({ code, message, hint }) => ({ code, message, hint }))
    expect(exitCode).toBe(2)
    expect(told).toHaveLength(expected.length)
    for (const [index, text] of expected.entries()) {
      const [code, name, ...hint] = text.split(" ")
      expect(told?.[index]).toMatchObject({
        code,
        message: expect.stringContaining(name ?? "") as string,
        hint: expect.stringContaining(hint.join(" ")) as string,
      })
    }
    const human = await meshwright([...NEW, ...args], { cwd, env, input })
    expect(human).toMatchObject({ exitCode: 2, stdout: "" })
    for (const { message, hint } of told ?? []) {
      expect(human.stderr).toContain(message)
      expect(human.stderr).toContain(hint)
    }
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each([
    ["a: [", "stdin", 1, "answers-file"],
    ["owner: x\nowner: y", "stdin", 2, "answers-file"],
    ["- owner", "stdin", undefined, "answers-file"],
    ["just text", "stdin", undefined, "answers-file"],
  ])("an answers file that is none: %j", async (input, file, line, code) => {
    const cwd = prepared()
    const { exitCode, document } = await json([...NEW, "--answers", "-"], { cwd, input })
    expect(exitCode).toBe(2)
    expect(document.error).toMatchObject({ code, file, ...(line === undefined ? {} : { line }) })
  })

  test("an answers file that is not there", async () => {
    const cwd = prepared()
    const run = await meshwright([...NEW, "--answers", "nope.yml"], { cwd })
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("nope.yml: cannot be read") as string })
  })

  test("an empty answers file answers nothing", async () => {
    const cwd = prepared()
    expect(await meshwright([...NEW, "--answers", "-", "--set", "owner=ann"], { cwd, input: "" })).toMatchObject({
      exitCode: 0,
    })
  })
})

test("a pipe on stdin that nobody writes to, and nobody closes, is not waited for", async () => {
  const cwd = prepared()
  const options = { cwd, env: environment, extendEnv: false, reject: false, timeout: 30_000, stdin: "pipe" } as const
  const missing = execa(process.execPath, [program, "new", "one", "--template", "./asks"], options)
  expect(await missing).toMatchObject({ exitCode: 2, timedOut: false })
  const complete = execa(
    process.execPath,
    [program, "new", "one", "--template", "./asks", "--set", "owner=ann"],
    options,
  )
  expect(await complete).toMatchObject({ exitCode: 0, timedOut: false })
  expect(await execa(process.execPath, [program], options)).toMatchObject({ exitCode: 2, timedOut: false, stdout: "" })
})

/** Texts that break out of a format, a path, a command line, or an identifier, where nothing keeps them in. */
const HOSTILE = {
  "double quote": 'sa"les',
  "single quote": "sa'les",
  backslash: "sa\\les",
  newline: "sales\ninjected: true",
  "carriage return": "sales\rx",
  "line separator": "sales\u2028x",
  "escape sequence": "sales\u001b[31m",
  handlebars: "{{constructor}}",
  jinja: "{{ env_var('HOME') }}",
  "jinja statement": "{% do exceptions.raise() %}",
  "GitHub expression": "${{ secrets.GITHUB_TOKEN }}",
  "shell substitution": "$(touch pwned)",
  backticks: "`touch pwned`",
  "terraform template": "%{ for x in y }",
  "path upwards": "../../outside",
  "absolute path": "/etc/passwd",
  "folder of git": ".git",
  dot: ".",
  "leading dash": "-sales",
  "leading dashes": "--yes",
  empty: "",
  blanks: "   ",
  "300 characters": "a".repeat(300),
  "reserved word of SQL": "select",
  "reserved word in other case": "SELECT",
  "truth value of YAML": "yes",
  "null of YAML": "null",
  number: "1e3",
  "device of Windows": "con",
  "name of dbt": "dbt",
  "property of objects": "__proto__",
  "non-ASCII letters": "Äpfel",
  "letters that look the same": "sаles",
  emoji: "🚀",
  "right to left": "\u202eselas",
  "YAML anchor": "&a",
  "YAML tag": "!!python/object",
  "SQL comment": "sales--",
  "statement end": "sales;drop table x",
}

describe("as a name, what tries to break out is refused with a reason, or gives a valid project", () => {
  test.each(Object.entries(HOSTILE))("%s", async (_, text) => {
    const cwd = folder()
    const { exitCode, document } = await json(
      ["new", "--yes", "--no-git", "--set", `domain=${text}`, "--set", `organisation=${text}`],
      { cwd },
    )
    expect({ exitCode, codes: [...new Set(document.errors?.map(({ code }) => code))] }).toEqual({
      exitCode: 2,
      codes: ["invalid-answer"],
    })
    expect(document.errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^domain: ./) as string,
      hint: "--set domain=…",
    })
    expect(filesBelow(cwd)).toEqual([])
    // What no project may be called can still be the name of an organisation.
    if (document.errors?.some(({ hint }) => hint === "--set organisation=…") !== true) await expectValid(cwd, text)
  })

  /** All that is YAML parses, and says of the text what was given. */
  async function expectValid(cwd: string, text: string): Promise<void> {
    const project = join(cwd, "sales")
    await succeed(["new", "sales", "--yes", "--no-git", "--set", `organisation=${text}`], { cwd })
    for (const path of filesBelow(project).filter((each) => /\.ya?ml$/.test(each))) parse(read(project, path))
    expect(parse(read(project, "meshwright.yml"))).toMatchObject({ answers: { organisation: text } })
    expect(await meshwright(["update", "--yes"], { cwd: project })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("up to date") as string,
    })
  }
})

test("as free text, it stays one value in every format, or is refused", async () => {
  const cwd = folder()
  const texts = Object.entries(HOSTILE).map(([what, text], index) => ({ what, text, name: `q${index}` }))
  const lines = (toLine: (name: string) => string): string => texts.map(({ name }) => `${toLine(name)}\n`).join("")
  write(cwd, {
    "t/template.yml": `name: t\nversion: 1.0.0\ndescription: d\nquestions:\n${lines((name) => `  - {name: ${name}, type: input, message: Text, default: harmless}`)}`,
    "t/files/out.yml.hbs": lines((name) => `${name}: {{yaml ${name}}}`),
    "t/files/out.json.hbs": `{\n${lines((name) => `"${name}": {{json ${name}}},`)}"end": true}\n`,
    "t/files/out.sh.hbs": lines((name) => `printf '%s\\n' {{sh ${name}}}`),
  })
  const give = (given: typeof texts) =>
    json(
      [
        "new",
        "--template",
        "./t",
        "--yes",
        "--no-git",
        "--dest",
        "t1",
        ...given.flatMap(({ name, text }) => ["--set", `${name}=${text}`]),
      ],
      { cwd },
    )

  const all = await give(texts)
  expect(all.exitCode).toBe(2)
  const refused = texts.filter(({ name }) => all.document.errors?.some(({ hint }) => hint === `--set ${name}=…`))
  expect(refused.map(({ what }) => what)).toEqual([
    "newline",
    "carriage return",
    "line separator",
    "escape sequence",
    "handlebars",
    "jinja",
    "jinja statement",
    "GitHub expression",
    "terraform template",
    "empty",
    "blanks",
    "300 characters",
  ])

  const accepted = texts.filter((each) => !refused.includes(each))
  expect(await give(accepted)).toMatchObject({ exitCode: 0 })
  const expected = Object.fromEntries(
    texts.map((each) => [each.name, accepted.includes(each) ? each.text.trim() : "harmless"]),
  )
  expect(parse(read(cwd, "t1/out.yml"))).toEqual(expected)
  expect(JSON.parse(read(cwd, "t1/out.json"))).toEqual({ ...expected, end: true })
  expect((await execa("sh", [join(cwd, "t1/out.sh")])).stdout.split("\n")).toEqual(Object.values(expected))
  expect(await meshwright(["update", "--yes"], { cwd: join(cwd, "t1") })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("up to date") as string,
  })
})
