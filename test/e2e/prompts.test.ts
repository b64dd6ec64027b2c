import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { git, meshwright, program, shell, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, stamps, write } from "../helpers/files.ts"
import { answer, CTRL_C, DOWN, ENTER, see, type Step, terminal, type } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

const ORGANISATION = "? Name of the organisation"
const PLATFORM = "? Internal dbt package"
const OFFER = "? Create an internal package beside the project, in ../platform?"
const CONFIRM = "? Create this?"

/** All questions about a domain project, after its name; each with its suggestion but those given. */
function domainQuestions({
  organisation = "",
  platform = [],
  kept = true,
}: { organisation?: string; platform?: Step[]; kept?: boolean } = {}): Step[] {
  return [
    ...answer(ORGANISATION, organisation),
    ...answer("? Team that reviews changes"),
    ...answer("? Mail address of the team"),
    ...answer("? Name of the first data product"),
    ...platform,
    ...answer("? Where the project lives in git"),
    ...answer("? Domain whose data product is used"),
    ...(kept ? answer("? Continuous integration") : []),
    ...answer("? Terraform for the repository's rules on GitHub?", "n"),
  ]
}

const NO_PLATFORM = [...answer(PLATFORM), ...answer(OFFER)]

describe("meshwright new", () => {
  test("asks in order, shows what is wrong with an answer until it is right, sums up, and creates", async () => {
    const cwd = folder()
    const { exitCode, transcript } = await terminal(
      ["new", "domain"],
      [
        see("? Name of the domain"),
        type(`Sales Dept${ENTER}`),
        see("must be snake_case and start with a letter"),
        type("\u0015select\r"),
        see("is a reserved word (sql)"),
        type("\u0015sales\r"),
        see("✔ Name of the domain sales"),
        ...domainQuestions({ organisation: "acme", platform: NO_PLATFORM }),
        see("sales  "),
        see(" files, template domain "),
        see("owner_team: @acme/sales-data"),
        see("infra: false"),
        ...answer(CONFIRM),
        see("Created sales: "),
        see("Next:"),
        see("cd sales"),
        see("The same again, without questions:"),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(parse(read(cwd, "sales/meshwright.yml"))).toMatchObject({
      answers: {
        domain: "sales",
        organisation: "acme",
        owner_team: "@acme/sales-data",
        platform_package: "none",
        ci: "github",
        infra: false,
      },
    })
    expect(await git(join(cwd, "sales"), "status", "--porcelain")).toBe("")

    // The command that it told makes the same, elsewhere.
    const elsewhere = folder()
    const command = /^ {2}(meshwright new domain sales .* --yes)$/m.exec(transcript.replaceAll("\r", ""))?.[1]
    expect(await shell(command ?? "false", { cwd: elsewhere })).toMatchObject({ exitCode: 0 })
    expect(snapshot(elsewhere)).toEqual(snapshot(cwd))
  })

  test("suggests what git and the name tell", async () => {
    const cwd = folder()
    write(cwd, { "../gitconfig": "[user]\n\temail = ann@acme.test\n" })
    const { exitCode } = await terminal(
      ["new"],
      [
        ...answer("? What do you want to create?"),
        ...answer("? Name of the domain", "order_management"),
        see(`${ORGANISATION} (acme)`),
        type(ENTER),
        see("? Team that reviews changes (@acme/order-management-data)"),
        type(ENTER),
        see("? Mail address of the team (order-management-data@acme.test)"),
        type(CTRL_C),
      ],
      { cwd, env: { GIT_CONFIG_GLOBAL: join(dirname(cwd), "gitconfig") } },
    )
    expect(exitCode).toBe(130)
  })

  test("asks nothing that was given, and tells at once what is wrong with that", async () => {
    const cwd = folder()
    const given = [
      "--set",
      "organisation=acme",
      "--set",
      "owner_team=@acme/x",
      "--set",
      "owner_email=x@acme.test",
      "--set",
      "product=p",
      "--set",
      "platform_package=none",
    ]
    const rest = ["--set", "repository=own", "--set", "upstream_domain=none", "--set", "ci=none"]
    const asked = await terminal(
      ["new", "sales", ...given, ...rest],
      [...answer("? Terraform for the repository's rules"), ...answer(CONFIRM), see("Created sales")],
      { cwd },
    )
    expect(asked.exitCode).toBe(0)
    expect(asked.transcript.match(/^\? /gm)).not.toBeNull()
    expect(asked.transcript).not.toContain(ORGANISATION)
    const wrong = await terminal(
      ["new", "Sales", "--set", "ci=jenkins"],
      [see("error: domain: "), see("--set domain="), see("error: ci: ")],
      { cwd },
    )
    expect(wrong.exitCode).toBe(2)
    expect(wrong.transcript).not.toContain("?")
  })

  test("the offered platform package is created beside the project, in repositories of their own", async () => {
    const cwd = folder()
    const platform = [
      ...answer(PLATFORM),
      ...answer(OFFER, "y"),
      ...answer("? dbt name of the internal package", "acme_shared"),
    ]
    const { exitCode, transcript } = await terminal(
      ["new", "sales"],
      [
        ...domainQuestions({ organisation: "acme", platform, kept: false }),
        see("platform_package: ../platform"),
        see("package_name: acme_shared"),
        ...answer(CONFIRM),
        see("Created platform: "),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(parse(read(cwd, "sales/packages.yml"))).toEqual({ packages: [{ local: "../platform" }] })
    expect(parse(read(cwd, "platform/dbt_project.yml"))).toMatchObject({ name: "acme_shared" })
    for (const project of ["sales", "platform"]) {
      expect(await git(join(cwd, project), "log", "--format=%s")).toContain("Create project")
      expect(await meshwright(["check"], { cwd: join(cwd, project) })).toMatchObject({ exitCode: 0 })
    }

    const elsewhere = folder()
    const command = /^ {2}(meshwright new .* --yes)$/m.exec(transcript.replaceAll("\r", ""))?.[1]
    expect(await shell(command ?? "false", { cwd: elsewhere })).toMatchObject({ exitCode: 0 })
    expect(snapshot(elsewhere)).toEqual(snapshot(cwd))
  })

  test("where a platform package is in sight, it is the suggestion, and nothing is offered", async () => {
    const cwd = folder()
    await succeed(["new", "platform", "acme_shared", "--dest", "platform", "--yes"], { cwd })
    const { exitCode, transcript } = await terminal(
      ["new", "sales"],
      [
        ...domainQuestions({
          platform: [
            see(`${PLATFORM} (a folder, a git URL with @tag, or none) (../platform)`),
            type(ENTER),
            ...answer("? dbt name of the internal package (acme_shared)"),
          ],
          kept: false,
        }),
        ...answer(CONFIRM),
        see("Created sales"),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(transcript).not.toContain(OFFER)
  })

  test("a project that is there already is told before the first question", async () => {
    const cwd = folder()
    await succeed(["new", "sales", "--yes"], { cwd })
    const { exitCode, transcript } = await terminal(["new", "sales"], [see("is a meshwright project already")], { cwd })
    expect(exitCode).toBe(1)
    expect(transcript).not.toContain("? ")
  })

  test("files in the way are told before the summary; they can be kept", async () => {
    const cwd = folder()
    write(cwd, { "sales/README.md": "mine\n" })
    const questions = domainQuestions({ platform: NO_PLATFORM })
    const keep = "? Keep them as they are and create the others?"
    const declined = await terminal(
      ["new", "sales"],
      [...questions, see("README.md"), ...answer(keep), see("exists already")],
      { cwd },
    )
    expect({ exitCode: declined.exitCode, files: filesBelow(cwd) }).toEqual({ exitCode: 1, files: ["sales/README.md"] })
    const kept = await terminal(
      ["new", "sales"],
      [...questions, see("README.md"), ...answer(keep, "y"), ...answer(CONFIRM), see("kept README.md")],
      { cwd },
    )
    expect(kept.exitCode).toBe(0)
    expect(read(cwd, "sales/README.md")).toBe("mine\n")
  })
})

describe("meshwright alone", () => {
  test("outside of a project asks what to create", async () => {
    const cwd = folder()
    const { exitCode } = await terminal(
      [],
      [
        see("? What do you want to create?"),
        type(DOWN),
        see("❯ a platform package"),
        type(DOWN),
        see("❯ a mesh"),
        type(ENTER),
        ...answer(ORGANISATION, "acme"),
        see("? Domains (separated by commas) (sales,finance)"),
        type(`hr, Sales${ENTER}`),
        see('"Sales", which must be snake_case'),
        type("\u0015hr,legal\r"),
        ...answer("? Mail address of the data platform team"),
        ...answer("? Terraform for the repository's rules on GitHub?"),
        see("domains: hr,legal"),
        ...answer(CONFIRM),
        see("Created acme/legal"),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(parse(read(cwd, "acme/meshwright.yml"))).toMatchObject({ answers: { domains: ["hr", "legal"] } })
    expect(existsSync(join(cwd, "acme/legal/dbt_project.yml"))).toBe(true)
  })

  test("inside of a project tells its state", async () => {
    const cwd = folder()
    await succeed(["new", "sales", "--yes"], { cwd })
    const { exitCode, transcript } = await terminal([], [see("in sync with the template")], { cwd: join(cwd, "sales") })
    expect(exitCode).toBe(0)
    expect(transcript).not.toContain("?")
  })
})

describe("Ctrl-C leaves nothing behind", () => {
  const name = answer("? Name of the domain", "sales")
  test.each([
    ["at the first question", [see("? Name of the domain"), type(CTRL_C)]],
    ["while typing", [see("? Name of the domain"), type("sal"), see("sal"), type(CTRL_C)]],
    [
      "in a list to choose from",
      [
        ...name,
        ...domainQuestions({ platform: NO_PLATFORM }).slice(0, 12),
        see("? Where the project lives in git"),
        type(CTRL_C),
      ],
    ],
    [
      "at the offer of a platform package",
      [...name, ...domainQuestions().slice(0, 8), ...answer(PLATFORM), see(OFFER), type(CTRL_C)],
    ],
    ["at the confirmation", [...name, ...domainQuestions({ platform: NO_PLATFORM }), see(CONFIRM), type(CTRL_C)]],
    [
      "and so does No at the confirmation",
      [...name, ...domainQuestions({ platform: NO_PLATFORM }), ...answer(CONFIRM, "n")],
    ],
  ])("%s", async (_, steps) => {
    const cwd = folder()
    write(cwd, { "other/file.txt": "mine" })
    const before = stamps(cwd)
    const { exitCode, transcript } = await terminal(["new", "domain"], steps, { cwd })
    expect(exitCode).toBe(130)
    expect(transcript).toMatch(/nothing was (changed|created)\s*$/)
    expect(stamps(cwd)).toEqual(before)
  })

  test("a terminal that is closed ends the program, and nothing is there", async () => {
    const cwd = folder()
    const { exitCode } = await terminal(["new", "domain"], [...name, see(ORGANISATION), { hangUp: true }], { cwd })
    expect(exitCode).not.toBe(0)
    expect(filesBelow(cwd)).toEqual([])
  })
})

describe("meshwright update", () => {
  const manifest = (version: string, more: string): string =>
    `name: tiny\nversion: ${version}\ndescription: d\nquestions:\n  - {name: owner, type: input, message: Owner}\n${more}`

  test("asks new questions only; Ctrl-C changes nothing", async () => {
    const cwd = folder()
    write(cwd, { "t/template.yml": manifest("1.0.0", ""), "t/files/a.txt.hbs": "{{owner}}\n" })
    await succeed(["new", "--template", "./t", "--dest", "p", "--yes", "--set", "owner=ann"], { cwd })
    const more =
      "  - {name: size, type: number, message: Size, default: 2, validate: {max: 9}}\n  - {name: token, type: password, message: Token}\n"
    write(cwd, { "t/template.yml": manifest("1.1.0", more), "t/files/a.txt.hbs": "{{owner}} {{size}} {{token}}\n" })
    const before = stamps(cwd)
    const project = join(cwd, "p")
    expect(
      await terminal(["update"], [see("? Size (2)"), type(CTRL_C), see("nothing was changed")], { cwd: project }),
    ).toMatchObject({ exitCode: 130 })
    expect(stamps(cwd)).toEqual(before)

    const { exitCode, transcript } = await terminal(
      ["update"],
      [
        see("? Size (2)"),
        type(`10${ENTER}`),
        see("must be at most 9"),
        type("\u00157\r"),
        ...answer("? Token", "hunter2"),
        see("1 updated"),
      ],
      { cwd: project },
    )
    expect(exitCode).toBe(0)
    expect(transcript).not.toContain("Owner")
    expect(transcript).not.toContain("hunter2")
    expect(read(project, "a.txt")).toBe("ann 7 hunter2\n")
    expect(read(project, "meshwright.yml")).not.toContain("hunter2")
  })
})

describe("the terminal", () => {
  test("resized in the middle of a question, and narrow", async () => {
    const cwd = folder()
    const { exitCode } = await terminal(
      ["new", "domain"],
      [
        see("? Name of the domain"),
        { resize: [10, 30] },
        type("sales"),
        see("sales"),
        { resize: [50, 200] },
        type(ENTER),
        see(ORGANISATION),
        type(CTRL_C),
      ],
      { cwd, columns: 60 },
    )
    expect(exitCode).toBe(130)
  })

  test.each([
    ["NO_COLOR", { NO_COLOR: "1" }, []],
    ["--no-color", {}, ["--no-color"]],
  ])("%s: no colours", async (_, env, args) => {
    const cwd = folder()
    const steps = [...domainQuestions({ platform: NO_PLATFORM }), ...answer(CONFIRM), see("without questions")]
    const plain = await terminal(["new", "sales", ...args], steps, { cwd, env })
    expect(plain.exitCode).toBe(0)
    // oxlint-disable-next-line no-control-regex -- escape sequences begin with one
    expect(plain.raw.match(/\u001b\[[0-9;]*[1-9][0-9;]*m/g)).toBeNull()
  })

  test("colours are there otherwise", async () => {
    const cwd = folder()
    const { raw } = await terminal(["new", "domain"], [see("? Name of the domain"), type(CTRL_C)], { cwd })
    expect(raw).toContain("\u001b[1m")
  })

  test("with stdout in a file, questions are still asked, and the file holds the result alone", async () => {
    const cwd = folder()
    const command = ["sh", "-c", `"${process.execPath}" "${program}" new sales --verbose > out.txt`]
    const { exitCode } = await terminal([], [...domainQuestions({ platform: NO_PLATFORM }), ...answer(CONFIRM)], {
      cwd,
      command,
    })
    expect(exitCode).toBe(0)
    expect(read(cwd, "out.txt")).toMatch(/^Created sales: \d+ files\n/)
  })

  test.each([
    ["--yes", `new sales --yes`, 0],
    ["--json", `new sales --json`, 0],
    ["a pipe on stdin", `new sales < /dev/null`, 0],
    ["an answer missing", `new < /dev/null`, 2],
    ["stderr in a file", `new sales 2> /dev/null`, 0],
  ])("%s: no question, although there is a terminal", async (_, line, expected) => {
    const cwd = folder()
    const { exitCode, transcript } = await terminal([], [], {
      cwd,
      command: ["sh", "-c", `"${process.execPath}" "${program}" ${line}`],
    })
    expect(exitCode).toBe(expected)
    expect(transcript).not.toContain("? ")
  })
})
