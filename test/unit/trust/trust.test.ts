import { expect, test } from "vitest"
import { memoryFileSystem } from "../../../src/adapters/memory-file-system.ts"
import type { Ports } from "../../../src/app/ports/ports.ts"
import { type Code, requireTrust } from "../../../src/app/trust.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"

const GIT = "git+https://git.example.com/acme/x.git"
const CONFIG = "/home/u/.config/meshwright/config.yml"

function world(files: Readonly<Record<string, string>>, answer?: string) {
  const asked: string[] = []
  const fs = memoryFileSystem({ "/projects/p/meshwright.yml": "", ...files })
  const prompter = {
    ask: () => Promise.reject(new Error("not asked")),
    confirm: () => Promise.reject(new Error("not asked")),
    choose: (message: string) => (asked.push(message), Promise.resolve(answer ?? "")),
    say: (text: string) => void asked.push(text),
  }
  const ports = { fs, environment: { HOME: "/home/u" }, ...(answer === undefined ? {} : { prompter }) }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that trust looks at
  return { ports: ports as unknown as Ports, asked, config: () => Buffer.from(fs.read(CONFIG)?.bytes ?? "").toString() }
}

const code = (source: string, given = false): Code => ({
  template: { ref: { source, version: "v1.2.0", integrity: "commit:0" }, folder: "/cache/x" },
  root: "/projects/p",
  runs: [{ what: "plopfile.js", why: "its own generators" }],
  given,
})

async function refusal(work: Promise<void>): Promise<MeshwrightError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof MeshwrightError) return error
  throw new Error("it was not refused")
}

test("without a terminal, code that is not trusted is refused: what, from where, and what to do", async () => {
  const error = await refusal(requireTrust(world({}).ports, code(GIT)))
  expect(error.kind).toBe("untrusted")
  expect(error.diagnostics[0]).toMatchObject({ code: "untrusted" })
  for (const part of ["plopfile.js", GIT, "v1.2.0"]) expect(error.message).toContain(part)
  for (const part of ["--trust", CONFIG, "/cache/x"]) expect(error.diagnostics[0]?.hint).toContain(part)
})

test("--trust, the program's own templates, and what the user's settings name need no question", async () => {
  await requireTrust(world({}).ports, code(GIT, true))
  await requireTrust(world({}).ports, code("builtin:domain"))
  await requireTrust(world({ [CONFIG]: `trust: ["git+https://git.example.com/acme/"]` }).ports, code(GIT))
  await requireTrust(world({}).ports, { ...code(GIT), runs: [] })
})

test("a folder is trusted by where it is, not by how it is written", async () => {
  const files = { "/projects/t/template.yml": "", "/home/u/t/template.yml": "" }
  await requireTrust(world({ ...files, [CONFIG]: "trust: [/projects/t]" }).ports, code("../t"))
  await requireTrust(world({ ...files, [CONFIG]: "trust: [~/t/]" }).ports, code("../../home/u/t/x"))
  await refusal(requireTrust(world({ ...files, [CONFIG]: "trust: [../t]" }).ports, code("../t")))
})

test("what another tool fetches is trusted by the address that it gets, never as one of ours", async () => {
  const { ports } = world({ [CONFIG]: `trust: ["git+https://git.example.com/acme/", "npm:@acme/"]` })
  const foreign = (source: string): Promise<void> => requireTrust(ports, { ...code(source), isForeign: true })
  await foreign(GIT)
  for (const source of ["builtin:domain", "npm:@acme/x", `${GIT}@../../../evil/x.git`]) await refusal(foreign(source))
})

test("a project that says where npm gets packages is trusted only with what it says", async () => {
  const trust = (npmrc: string, ...trusted: string[]): Promise<void> => {
    const files = {
      [CONFIG]: `trust: ${JSON.stringify(trusted)}`,
      "/home/u/.npmrc": "registry=https://npm.example.com",
    }
    return requireTrust(world({ ...files, "/projects/p/.npmrc": npmrc }).ports, code("npm:@acme/x@^1"))
  }
  await trust("//npm.example.com/:_authToken=${T}\n# x\nsave-exact = true\n@other:registry=https://x\n", "npm:@acme/")
  const line = "@acme:registry=https://npm.evil.example/"
  for (const npmrc of [line, "registry = https://npm.evil.example", `"\\u0072egistry"=x`, "proxy=x", "userconfig=x"])
    await refusal(trust(`//a/:_auth=x\r\n  ${npmrc}\r\n`, "npm:@acme/", "npm:@acme/x"))
  await trust(line, `${line} npm:@acme/`)
  const always = world({ "/projects/.npmrc": line }, "always")
  await requireTrust(always.ports, code("npm:@acme/x"))
  expect(always.config()).toContain(`- "${line} npm:@acme/x"`)
})

test("at a terminal it is asked, and told what would run", async () => {
  const once = world({}, "once")
  await requireTrust(once.ports, code(GIT))
  for (const part of ["plopfile.js", "its own generators", GIT, "v1.2.0"]) expect(once.asked[0]).toContain(part)
  expect(once.config()).toBe("")
  expect((await refusal(requireTrust(world({}, "no").ports, code(GIT)))).kind).toBe("untrusted")
})

test("what is always trusted is asked once", async () => {
  const always = world({ [CONFIG]: "# mine\ntrust:\n  - npm:@acme/\n" }, "always")
  await requireTrust(always.ports, code("git+https://bot@git.example.com/acme/x.git"))
  expect(always.config()).toBe(`# mine\ntrust:\n  - npm:@acme/\n  - ${GIT}\n`)
  const asked = always.asked.length
  await requireTrust(always.ports, code(GIT))
  await requireTrust(always.ports, code(`${GIT}@^1`))
  expect(always.asked).toHaveLength(asked)
})

test("broken settings are an error, not trust", async () => {
  expect((await refusal(requireTrust(world({ [CONFIG]: "trust: {a: 1}" }).ports, code(GIT)))).kind).toBe("failed")
})
