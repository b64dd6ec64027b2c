import { join } from "node:path"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"
import { lines } from "../helpers/tiny.ts"

/** A template in a git repository, and a project of its first release. */
interface Released {
  readonly cwd: string
  readonly project: string
  /** Releases a version: manifest keys in YAML, and files beside template.yml; `null` removes one. */
  readonly release: (version: string, manifest: string, files: Readonly<Record<string, string | null>>) => Promise<void>
  /** Creates the project of a version; `ours` are the team's changes, committed. */
  readonly create: (version: string, ours?: Readonly<Record<string, string | null>>) => Promise<void>
}

function released(): Released {
  const cwd = folder()
  const repository = join(cwd, "t")
  const project = join(cwd, "p")
  return {
    cwd,
    project,
    release: async (version, manifest, files) => {
      write(repository, { "template.yml": `name: tiny\nversion: ${version}\ndescription: a test\n${manifest}` })
      write(repository, files)
      await commitAll(repository, version)
      await git(repository, "tag", `v${version}`)
    },
    create: async (version, ours = {}) => {
      await succeed(["new", "--template", `git+file://${repository}@v${version}`, "--dest", "p", "--yes"], { cwd })
      write(project, ours)
      await commitAll(project, "Ours")
    },
  }
}

test("an older version is only gone back to with --to, not because meshwright.yml names it", async () => {
  const { project, release, create } = released()
  await release("1.0.0", "", { "files/a.txt": lines(), "files/old.txt": "old\n" })
  await release("1.1.0", "", { "files/a.txt": lines({ two: "TWO" }), "files/old.txt": null })
  await create("1.1.0", { "a.txt": lines({ two: "TWO", eight: "OURS" }) })

  write(project, { "meshwright.yml": read(project, "meshwright.yml").replace("v1.1.0", "v1.0.0") })
  const before = snapshot(project)
  const refused = await json(["update", "--yes"], { cwd: project })
  expect(refused.exitCode).toBe(1)
  expect(refused.document.error).toMatchObject({ code: "older-template", file: "meshwright.yml" })
  expect(snapshot(project)).toEqual(before)

  await succeed(["update", "--yes", "--to", "v1.0.0"], { cwd: project })
  expect(read(project, "a.txt")).toBe(lines({ eight: "OURS" }))
  expect(read(project, "old.txt")).toBe("old\n")
  expect(parse(read(project, "meshwright.yml"))).toMatchObject({ version: "v1.0.0" })
  // And forward again, to the newest.
  expect(await meshwright(["update", "--yes", "--allow-dirty"], { cwd: project })).toMatchObject({ exitCode: 0 })
  expect(read(project, "a.txt")).toBe(lines({ two: "TWO", eight: "OURS" }))
})
