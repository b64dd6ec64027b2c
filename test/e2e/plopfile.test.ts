import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { answer, CTRL_C, DOWN, ENTER, see, terminal, type } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

const PLOPFILE = `
import { execSync } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { prefix } from "./lib/prefix.js"
export default function (plop) {
  plop.setHelper("shout", (text) => text.toUpperCase())
  plop.setGenerator("component", {
    description: "a component",
    prompts: [
      { type: "input", name: "name", message: "Name", validate: (v) => /^[a-z]+$/.test(v) || "lower case only" },
      { type: "list", name: "size", message: "Size", choices: [{ name: "small", value: { rows: 1 } }, { name: "big", value: { rows: 9 } }] },
      { type: "checkbox", name: "tags", message: "Tags", choices: (a) => [a.name, "shared"], when: (a) => a.size.rows > 1 },
      { type: "input", name: "note", message: "Note", default: (a) => "about " + a.name },
    ],
    actions: (data) => [
      { type: "addMany", destination: "components/{{name}}", base: "templates", templateFiles: "templates/**" },
      { type: "append", path: "list.txt", template: prefix + "{{shout name}} {{size.rows}} {{tags}}" },
    ],
  })
  const action = (name, work) => plop.setGenerator(name, { description: name, prompts: [], actions: [() => String(work())] })
  action("reads", () => readFileSync(process.env.OUTSIDE ?? "/etc/hostname"))
  action("runs", () => execSync("true"))
  action("removes", () => rmSync("list.txt"))
  action("hooks", () => writeFileSync("meshwright.yml", "template: x"))
  action("tells", () => writeFileSync("seen.json", JSON.stringify({ env: Object.keys(process.env), cwd: process.cwd() })))
  const hang = () => (console.log("working"), new Promise(() => setInterval(() => {}, 1000)))
  plop.setGenerator("hangs", { description: "hangs", prompts: [], actions: [hang] })
  plop.setGenerator("model", { description: "another model", prompts: [], actions: [{ type: "add", path: "own.txt", template: "own" }] })
}
`

const FILES = {
  "template.yml": "{name: tiny, version: 1.0.0, description: a test}",
  "files/list.txt": "first\n",
  "plopfile.js": PLOPFILE,
  "lib/prefix.js": "export const prefix = '- '\n",
  "templates/{{name}}.txt.hbs": "{{note}}\n",
}

/** A project of a template in git that ships a plopfile. */
async function project(): Promise<{ readonly cwd: string; readonly source: string }> {
  const work = folder()
  const origin = join(work, "origin")
  write(origin, FILES)
  await commitAll(origin)
  await git(origin, "tag", "v1.0.0")
  const source = `git+file://${origin.replaceAll(" ", "%20")}`
  await succeed(["new", "--template", source, "--dest", "p", "--yes"], { cwd: work })
  return { cwd: join(work, "p"), source }
}

const ANSWERS = ["--set", "name=shop", "--set", "size=big", "--set", "tags=shop"]

describe("a template's plopfile", () => {
  test("does not run before it is trusted, not even to be listed; then it is listed and run like the others", async () => {
    const { cwd, source } = await project()
    const before = snapshot(cwd)
    const refused = await json(["add", "component", ...ANSWERS], { cwd })
    expect(refused.exitCode).toBe(4)
    expect(refused.document.error?.code).toBe("untrusted")
    for (const part of ["plopfile.js", source, "v1.0.0"]) expect(refused.document.error?.message).toContain(part)
    expect(refused.document.error?.hint).toContain("--trust")
    const listed = await json(["add", "--list"], { cwd })
    expect(listed.document).toMatchObject({ untrusted: [expect.stringContaining("plopfile.js")] })
    expect(listed.stdout).not.toContain("component")
    const { stdout } = await succeed(["add", "--list", "--trust"], { cwd })
    expect(stdout).toMatch(/component\s+a component/)
    // The program's own of that name goes before.
    expect(stdout).toMatch(/plop:model\s+another model/)
    expect(snapshot(cwd)).toEqual(before)

    const dry = await succeed(["add", "component", ...ANSWERS, "--trust", "--dry-run"], { cwd })
    expect(dry.stdout).toContain("+about shop")
    expect(snapshot(cwd)).toEqual(before)
    await succeed(["add", "component", ...ANSWERS, "--trust"], { cwd })
    expect(read(cwd, "components/shop/shop.txt")).toBe("about shop\n")
    expect(read(cwd, "list.txt")).toContain("- SHOP 9 shop")
    await commitAll(cwd)
    expect((await succeed(["add", "component", ...ANSWERS, "--trust"], { cwd })).stdout).toContain("Nothing to do")
    await succeed(["add", "plop:model", "--trust"], { cwd })
    expect(read(cwd, "own.txt")).toBe("own")
  })

  test("is trusted by the user's settings, for its source and not for another", async () => {
    const { cwd, source } = await project()
    const config = folder()
    const env = { XDG_CONFIG_HOME: config }
    write(config, { "meshwright/config.yml": `trust:\n  - ${JSON.stringify(source)}\n` })
    await succeed(["add", "component", ...ANSWERS], { cwd, env })
    expect(existsSync(join(cwd, "components/shop/shop.txt"))).toBe(true)
    write(config, { "meshwright/config.yml": `trust:\n  - ${JSON.stringify(source.slice(0, -1))}\n` })
    expect((await meshwright(["add", "component", ...ANSWERS], { cwd, env })).exitCode).toBe(4)
  })

  test("never replaces a file: a person is needed", async () => {
    const { cwd } = await project()
    write(cwd, { "components/shop/shop.txt": "ours\n" })
    const before = snapshot(cwd)
    const { exitCode, document } = await json(["add", "component", ...ANSWERS, "--trust"], { cwd })
    expect([exitCode, document.error?.code, document.error?.file]).toEqual([
      3,
      "file-exists",
      "components/shop/shop.txt",
    ])
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each<[string, string[], string, number]>([
    ["an answer that its prompt does not take", ["component", "Shop", "--set", "size=big"], "lower case only", 2],
    ["a choice that there is not", ["component", "shop", "--set", "size=huge"], "must be one of small, big", 2],
    ["an answer to no prompt", ["component", "shop", "--set", "colour=red"], "has no question", 2],
    ["no answer where none is assumed", ["component"], "name is not answered", 2],
    ["reading files that it need not see", ["reads"], "the action function failed", 1],
    ["starting programs", ["runs"], "the action function failed", 1],
    ["removing files", ["removes"], "the generator removes list.txt", 1],
    ["writing the program's records", ["hooks"], "changes meshwright's own meshwright.yml", 1],
  ])("is refused %s", async (_, args, message, exit) => {
    refusing ??= project()
    const { cwd } = await refusing
    const { exitCode, document } = await json(["add", ...args, "--trust"], { cwd })
    expect(document.errors?.map((error) => error.message).join("\n")).toContain(message)
    expect(exitCode).toBe(exit)
    expect(await git(cwd, "status", "--short")).toBe("")
  })
  let refusing: ReturnType<typeof project> | undefined

  test("sees what every program needs, a copy of the project, and no token; and leaves nothing behind", async () => {
    const { cwd } = await project()
    const TMPDIR = folder()
    await succeed(["add", "tells", "--trust"], {
      cwd,
      env: { GITHUB_TOKEN: "secret", NODE_OPTIONS: "--no-deprecation", TMPDIR },
    })
    const seen = JSON.parse(read(cwd, "seen.json")) as { env: string[]; cwd: string }
    expect(seen.env.filter((name) => !/^(PATH|HOME|USERPROFILE|LANG|TMPDIR|NODE_CHANNEL_.*)$/.test(name))).toEqual([])
    expect(seen.cwd).not.toContain(cwd)
    expect(existsSync(seen.cwd)).toBe(false)
    expect(readdirSync(TMPDIR)).toEqual([])
  })

  test("asks at a terminal: first whether it may run, then its own questions, and remembers what is always trusted", async () => {
    const { cwd, source } = await project()
    const config = folder()
    const env = { XDG_CONFIG_HOME: config }
    const no = await terminal(["add", "component"], [see("plopfile.js"), see(source), ...answer("? May it run?")], {
      cwd,
      env,
    })
    expect(no.exitCode).toBe(4)
    const { exitCode } = await terminal(
      ["add", "component"],
      [
        see("? May it run?"),
        type(DOWN + DOWN + ENTER),
        see("Remembered in"),
        ...answer("? Name", "Shop"),
        see("lower case only"),
        ...answer("? Name", "shop"),
        see("? Size"),
        type(DOWN + ENTER),
        see("? Tags"),
        type(` ${ENTER}`),
        ...answer("? Note", "hello"),
        see("+ components/shop/shop.txt"),
        ...answer("? Write this?"),
        see("Written:"),
      ],
      { cwd, env },
    )
    expect(exitCode).toBe(0)
    expect(read(cwd, "components/shop/shop.txt")).toBe("hello\n")
    expect(read(cwd, "list.txt")).toContain("- SHOP 9 shop")
    expect(read(config, "meshwright/config.yml")).toContain(source)
  })

  test("Ctrl-C while it works ends it, writes nothing and leaves nothing behind", async () => {
    const { cwd } = await project()
    const TMPDIR = folder()
    const steps = [see("working"), type(CTRL_C)]
    const { exitCode } = await terminal(["add", "hangs", "--trust"], steps, { cwd, env: { TMPDIR } })
    expect(exitCode).toBe(130)
    expect(await git(cwd, "status", "--short")).toBe("")
    expect(readdirSync(TMPDIR)).toEqual([])
  })

  test("of a template that is extended is there too, behind the outer one's; each is trusted for itself", async () => {
    const work = folder()
    const plopfile = (name: string): string =>
      `export default (plop) => plop.setGenerator("${name}", { description: "of ${name}", prompts: [], actions: [{ type: "add", path: "${name}.txt", template: "${name}" }] })\n`
    const manifest = (name: string, more = ""): string => `name: ${name}\nversion: 1.0.0\ndescription: a test\n${more}`
    const generator = (text: string) => ({ "generator.yml": `description: ${text}\n`, "files/data.txt": `${text}\n` })
    const files = (folderName: string, contents: Readonly<Record<string, string>>) =>
      write(work, Object.fromEntries(Object.entries(contents).map(([path, text]) => [`${folderName}/${path}`, text])))
    files("base", { "template.yml": manifest("base"), "files/a.txt": "a\n", "plopfile.js": plopfile("inner") })
    files("base/generators/data", generator("of base"))
    files("base/generators/both", generator("of base"))
    files("company", { "template.yml": manifest("company", "extends: ../base\n"), "plopfile.js": plopfile("outer") })
    files("company/generators/both", generator("of company"))
    await succeed(["new", "--template", "./company", "--dest", "p", "--yes"], { cwd: work })
    const cwd = join(work, "p")
    const { stdout } = await succeed(["add", "--list", "--trust"], { cwd })
    for (const line of [/data +of base/, /both +of company/, /outer +of outer/, /inner +of inner/])
      expect(stdout).toMatch(line)
    await succeed(["add", "both"], { cwd })
    expect(read(cwd, "data.txt")).toBe("of company\n")
    const config = folder()
    write(config, { "meshwright/config.yml": `trust: [${JSON.stringify(join(work, "company"))}]\n` })
    const env = { XDG_CONFIG_HOME: config }
    await succeed(["add", "outer"], { cwd, env })
    expect((await meshwright(["add", "inner"], { cwd, env })).exitCode).toBe(4)
    await succeed(["add", "inner", "--trust"], { cwd, env })
    expect([read(cwd, "outer.txt"), read(cwd, "inner.txt")]).toEqual(["outer", "inner"])
  })

  test("one that fails says where", async () => {
    const { cwd } = await project()
    const origin = join(cwd, "../origin")
    write(origin, { "plopfile.js": "import 'left-pad'\nexport default () => {}\n" })
    await succeed(["new", "--template", "./origin", "--dest", "q", "--yes"], { cwd: join(cwd, "..") })
    const { exitCode, document } = await json(["add", "component", "--trust"], { cwd: join(cwd, "../q") })
    expect([exitCode, document.error?.code]).toEqual([1, "plopfile"])
    expect(document.error?.message).toContain("left-pad")
    expect(document.error?.file).toBe(join(origin, "plopfile.js"))
  })
})

test("the program's own plopfile offers in plop what `new` creates", async () => {
  const root = join(import.meta.dirname, "../..")
  const cwd = folder()
  const plop = [process.execPath, join(root, "node_modules/plop/bin/plop.js")]
  const command = [...plop, "--plopfile", join(root, "plopfile.js"), "--dest", cwd]
  const steps = [...answer("Please choose a generator"), see("? Name of the domain"), type(CTRL_C)]
  await terminal([], steps, { cwd, command })
  expect(readdirSync(cwd)).toEqual([])
})
