import { join } from "node:path"
import { expect, test } from "vitest"
import { commitAll, git, meshwright, succeed } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const manifest = (version: string) => `{name: tiny, version: ${version}, description: a test}`

test("git sees a conflict as a merge would leave it, and plain git finishes it", async () => {
  const cwd = folder()
  const project = join(cwd, "repository/projects/sales ü")
  write(cwd, {
    "tpl/template.yml": manifest("1.0.0"),
    "tpl/files/a.sql": "select 1\n",
    "tpl/files/gone.sql": "select 1\n",
  })
  write(cwd, { "repository/README.md": "A repository of several projects\n" })
  await commitAll(join(cwd, "repository"))
  await succeed(["new", "--template", "tpl", "--dest", project, "--yes"], { cwd })
  write(project, { "a.sql": "select 2\n", "gone.sql": "select 2\n" })
  await git(project, "add", "--all")
  await git(project, "commit", "--quiet", "--message=Work")
  write(cwd, { "tpl/template.yml": manifest("1.1.0"), "tpl/files/a.sql": "select 3\n", "tpl/files/gone.sql": null })

  const run = await meshwright(["update", "--yes"], { cwd: project })
  expect(run.exitCode).toBe(3)
  const status = (await git(project, "status", "--porcelain", "-z")).split("\0")
  expect(status).toEqual(expect.arrayContaining(["UU projects/sales ü/a.sql", "UD projects/sales ü/gone.sql"]))
  for (const [stage, content] of [
    ["1", "select 1"],
    ["2", "select 2"],
    ["3", "select 3"],
  ] as const) {
    expect(await git(project, "show", `:${stage}:./a.sql`)).toBe(content)
  }
  expect(read(project, "gone.sql")).toBe("select 2\n")

  await git(project, "checkout", "--theirs", "a.sql")
  await git(project, "rm", "--quiet", "gone.sql")
  await git(project, "add", "--all")
  await git(project, "commit", "--quiet", "--message=Update")
  expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
})
