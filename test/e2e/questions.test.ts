import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { json, meshwright, succeed } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { answer, DOWN, ENTER, see, terminal, type } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

const QUESTIONS = `
name: all
version: 1.0.0
description: every type of question
questions:
  - {name: team, type: input, message: Team, default: core}
  - {name: host, type: select, message: Host, choices: [github, gitlab, none], default: github}
  - name: checks
    type: checkbox
    message: Checks
    default: [lint, pages]
    choices: [lint, build, {value: pages, label: Pages, when: {host: github}}]
    validate: {min: 1}
  - {name: docs, type: confirm, message: Docs, default: "{{eq host 'none'}}"}
  - {name: shards, type: number, message: Shards, default: 2, validate: {schema: {type: integer, minimum: 1}, message: must be a whole number from 1}}
  - {name: domains, type: list, message: Domains, default: ["{{team}}", finance]}
  - {name: main, type: select, message: Main domain, choices_from: domains}
  - {name: contact, type: input, message: Contact, default: "{{team}}@example.com", validate: {schema: schemas/contact.json}}
  - {name: pin, type: password, message: Pin}
  - {name: token, type: input, secret: true, message: Token, when: {not: {host: none}}}
`
const RENDERED = ["team", "host", "checks", "docs", "shards", "domains", "main", "contact", "pin"].map(
  (name) => `${name}: {{yaml ${name}}}\n`,
)

let cwd: string
beforeEach(() => {
  cwd = folder()
  write(cwd, {
    "t/template.yml": QUESTIONS,
    "t/schemas/contact.json": '{"type": "string", "format": "email"}',
    "t/files/answers.yml.hbs": `${RENDERED.join("")}{{#if (ne host "none")}}token: {{yaml token}}\n{{/if}}`,
  })
})

const NEW = ["new", "--template", "./t", "--dest", "p"]
const answers = () => parse(read(join(cwd, "p"), "answers.yml")) as unknown

describe("every type of question", () => {
  test("is asked at a terminal, with its suggestion, until the answer fits", async () => {
    const { exitCode, transcript } = await terminal(
      NEW,
      [
        ...answer("? Team (core)", "sales"),
        see("? Host"),
        type(DOWN + ENTER),
        // Lint is chosen, Pages not offered; without lint nothing is left.
        see("? Checks"),
        type(` ${ENTER}`),
        see("must name at least 1"),
        type(`${DOWN} ${ENTER}`),
        see("? Docs (y/N)"),
        type(ENTER),
        see("? Shards (2)"),
        type(`1.5${ENTER}`),
        see("must be a whole number from 1"),
        type(`\u00154${ENTER}`),
        see("? Domains (separated by commas) (sales,finance)"),
        type(`orders, hr${ENTER}`),
        see("? Main domain"),
        type(DOWN + ENTER),
        see("? Contact (sales@example.com)"),
        type(`nobody${ENTER}`),
        see("must be a mail address"),
        type(`\u0015ann@example.com${ENTER}`),
        ...answer("? Pin", "p1n-of-mine"),
        ...answer("? Token", "t0ken-of-mine"),
        ...answer("? Create this?"),
        see("Created p"),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(answers()).toEqual({
      team: "sales",
      host: "gitlab",
      checks: ["build"],
      docs: false,
      shards: 4,
      domains: ["orders", "hr"],
      main: "hr",
      contact: "ann@example.com",
      pin: "p1n-of-mine",
      token: "t0ken-of-mine",
    })
    for (const secret of ["p1n-of-mine", "t0ken-of-mine"]) {
      expect(transcript).not.toContain(secret)
      for (const file of ["meshwright.yml", "meshwright.lock"]) expect(read(join(cwd, "p"), file)).not.toContain(secret)
    }
  })

  const GIVEN = {
    team: "sales",
    host: "none",
    checks: "lint,build",
    docs: "no",
    shards: "3",
    domains: "a,b",
    main: "b",
    contact: "ann@example.com",
    pin: "1234",
  }
  const EXPECTED = {
    ...GIVEN,
    checks: ["lint", "build"],
    docs: false,
    shards: 3,
    domains: ["a", "b"],
  }

  test("is answered by flags, by a file, and by the environment", async () => {
    const set = Object.entries(GIVEN).flatMap(([name, value]) => ["--set", `${name}=${value}`])
    await succeed([...NEW, "--yes", ...set], { cwd })
    expect(answers()).toEqual(EXPECTED)

    write(cwd, { "a.json": JSON.stringify(EXPECTED), p: null })
    await succeed([...NEW, "--yes", "--answers", "a.json"], { cwd })
    expect(answers()).toEqual(EXPECTED)

    write(cwd, { p: null })
    const env = Object.fromEntries(
      Object.entries(GIVEN).map(([name, value]) => [`MESHWRIGHT_ANSWER_${name.toUpperCase()}`, value]),
    )
    await succeed([...NEW, "--yes"], { cwd, env })
    expect(answers()).toEqual(EXPECTED)
  })

  test("what is wrong is told of all, with the flag for each", async () => {
    const wrong = ["checks=lint,x", "docs=perhaps", "shards=0", "main=c", "contact=ann", "host2=none"]
    const { exitCode, document } = await json([...NEW, ...wrong.flatMap((each) => ["--set", each])], { cwd })
    expect(exitCode).toBe(2)
    expect(document.errors?.map(({ message }) => message)).toEqual([
      'the template all has no question "host2"',
      'checks: "lint,x" names "x", which must be one of lint, build, pages',
      'docs: "perhaps" must be true or false',
      'shards: "0" must be a whole number from 1',
      'main: "c" must be one of core, finance',
      'contact: "ann" must be a mail address',
      "pin is not answered: Pin",
      "token is not answered: Token",
    ])
    expect(document.errors?.map(({ hint }) => hint)).toContain("--set checks=…")
  })
})

test("a schema that is none is told with its place in template.yml", async () => {
  write(cwd, { "t/schemas/contact.json": '{"format": "e-mail"}' })
  const { exitCode, stderr } = await meshwright([...NEW, "--yes"], { cwd })
  expect(exitCode).toBe(1)
  expect(stderr).toContain("t/template.yml:18:")
  expect(stderr).toContain('the schema of contact is none: unknown format "e-mail"')
})
