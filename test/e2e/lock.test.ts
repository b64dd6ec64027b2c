import { rename } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { beforeEach, expect, test } from "vitest"
import { commitAll, git, meshwright, shell, succeed } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

// Whatever asks for the network finds a closed door.
const OFFLINE = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", ALL_PROXY: "http://127.0.0.1:9" }

let cwd: string
let author: string
let project: string

beforeEach(async () => {
  cwd = folder()
  author = join(cwd, "template")
  project = join(cwd, "p")
  await release("1.0.0", { "a.txt": "a\n", "m.yml": "one: 1\ntwo: 2\n", "z-{{ colour }}.txt.hbs": "{{ colour }}\n" })
})

async function release(version: string, files: Readonly<Record<string, string>>): Promise<void> {
  write(author, {
    "template.yml": `{name: tiny, version: ${version}, description: a test, questions: [{name: colour, type: input, message: Colour, default: red}]}`,
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`files/${path}`, text])),
  })
  await commitAll(author, version)
  await git(author, "tag", `v${version}`)
}

test("two branches' locks are merged by git, line by line", async () => {
  await succeed(["new", "--template", "template", "--dest", "p", "--yes"], { cwd })
  await git(project, "switch", "--quiet", "--create", "blue")
  await succeed(["update", "--yes", "--set", "colour=blue"], { cwd: project })
  await commitAll(project, "Blue")
  await git(project, "switch", "--quiet", "main")
  await release("1.1.0", { "a.txt": "A\n" })
  await succeed(["update", "--yes"], { cwd: project })
  await commitAll(project, "Newer")

  await git(project, "merge", "--quiet", "--no-edit", "blue")
  await succeed(["check"], { cwd: project })
  expect((await succeed(["update", "--yes"], { cwd: project })).stdout).toContain("up to date")
  expect(await git(project, "status", "--porcelain")).toBe("")
  await release("1.2.0", { "a.txt": "AA\n" })
  await succeed(["update", "--yes"], { cwd: project })
  expect([read(project, "a.txt"), read(project, "z-blue.txt")]).toEqual(["AA\n", "blue\n"])
})

test("a shallow clone, without network, and a template that only has its newest version left", async () => {
  const shelf = join(cwd, "shelf.git")
  const copy = (from: string, to: string) => git(cwd, "clone", "--quiet", "--depth=1", pathToFileURL(from).href, to)
  await git(cwd, "clone", "--quiet", "--bare", author, shelf)
  await succeed(["new", "--template", `git+${pathToFileURL(shelf).href}`, "--dest", "p", "--yes"], { cwd })
  write(project, { "m.yml": "one: 1\n\ntwo: ours\n" })
  await commitAll(project, "Ours")
  await copy(project, "shallow")
  const shallow = join(cwd, "shallow")
  await release("1.1.0", { "m.yml": "one: theirs\ntwo: 2\n" })
  await rename(shelf, `${shelf}.old`)
  await shell(`git clone --quiet --bare --depth=1 ${pathToFileURL(author).href} shelf.git`, { cwd })

  // An empty cache: the old version is to be had nowhere.
  const env = { ...OFFLINE, XDG_CACHE_HOME: join(cwd, "cache") }
  const { exitCode, stderr } = await meshwright(["update", "--yes"], { cwd: shallow, env })
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  expect(read(shallow, "m.yml")).toBe("one: theirs\n\ntwo: ours\n")
})
