import { cpSync, readdirSync, existsSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { commitAll, git, json, succeed } from "../helpers/cli.ts"
import { read, snapshot } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const TEMPLATES = join(import.meta.dirname, "../../templates")
const KINDS = readdirSync(TEMPLATES).filter((name) => existsSync(join(TEMPLATES, name, "template.yml")))

/** A project's files but its records, which name the source. */
function content(project: string): Record<string, string> {
  const records = /(^|\/)meshwright\.(yml|lock)$/
  return Object.fromEntries(Object.entries(snapshot(project)).filter(([path]) => !records.test(path)))
}

test.each(KINDS)("the built-in template %s does the same from a git repository and from a folder", async (kind) => {
  const cwd = folder()
  cpSync(TEMPLATES, join(cwd, "templates"), { recursive: true })
  await commitAll(join(cwd, "templates"))
  await git(join(cwd, "templates"), "tag", "v1.0.0")
  const sources = {
    builtin: `builtin:${kind}`,
    git: `git+file://${join(cwd, "templates")}//${kind}`,
    folder: `templates/${kind}`,
  }
  const args = ["sales", "--yes", "--no-git"]
  for (const [name, source] of Object.entries(sources))
    await succeed(["new", "--template", source, "--dest", name, ...args], { cwd })
  expect(content(join(cwd, "git"))).toEqual(content(join(cwd, "builtin")))
  expect(content(join(cwd, "folder"))).toEqual(content(join(cwd, "builtin")))
  // Each project, those inside too, knows the same repository, and finds it again.
  const projects = Object.keys(snapshot(join(cwd, "git"))).filter((path) => path.endsWith("meshwright.yml"))
  for (const path of projects) {
    expect(read(join(cwd, "git"), path)).toContain(`git+file://${join(cwd, "templates")}//`)
    expect(read(join(cwd, "git"), path)).toContain("\nversion: v1.0.0\n")
    expect(read(join(cwd, "folder"), path)).toContain("/templates/")
    for (const name of ["git", "folder"]) {
      const { exitCode, document } = await json(["check", "--dest", join(name, path, "..")], { cwd })
      const codes = document.findings?.map(({ code }) => code).filter((code) => code !== "projects-inside")
      expect({ path, exitCode, codes }).toEqual({ path, exitCode: 0, codes: [] })
    }
  }
})
