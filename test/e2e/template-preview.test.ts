import { join } from "node:path"
import { expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const manifest = (version: string, more = "") =>
  `name: tiny\nversion: ${version}\ndescription: a test\nquestions:\n  - {name: team, type: input, message: Team, validate: {pattern: "^[a-z]+$"}}\n  - {name: ci, type: select, message: CI, choices: [github, none], default: github}\nfiles:\n  - {path: ci.yml, when: {ci: github}}\n${more}`

/** A template repository with the releases 1.0.0 and 1.1.0, which moved a file, and more since. */
async function released(): Promise<string> {
  const cwd = folder()
  write(cwd, {
    "template.yml": manifest("1.0.0"),
    "files/ci.yml.hbs": "team: {{yaml team}}\nversion: 1\n",
    "files/old/notes.txt": "one\ntwo\nthree\n",
    "files/{{team}}/readme.md.hbs": "# {{team}}\n",
  })
  await commitAll(cwd)
  await git(cwd, "tag", "v1.0.0")
  write(cwd, {
    "template.yml": manifest("1.1.0", "renames: [{from: old/notes.txt, to: docs/notes.txt, since: 1.1.0}]\n"),
    "files/ci.yml.hbs": "team: {{yaml team}}\nversion: 2\n",
    "files/old": null,
    "files/docs/notes.txt": "one\ntwo\nthree\n",
  })
  await commitAll(cwd)
  await git(cwd, "tag", "v1.1.0")
  write(cwd, { "template.yml": manifest("1.2.0"), "files/new.txt": "new\n" })
  return cwd
}

test("preview lists the files for some answers, and makes up what nobody gave", async () => {
  const cwd = await released()
  const { stdout, stderr } = await succeed(["template", "preview", "--set", "ci=none"], { cwd })
  expect(stdout).toBe("tiny 1.2.0: 3 files\n  docs/\n    notes.txt\n  new.txt\n  sample/\n    readme.md\n")
  expect(stderr).toBe("Not given, so taken: team=sample\n")
  const file = await succeed(["template", "preview", "--file", "ci.yml", "--set", "team=sales"], { cwd })
  expect(file.stdout).toBe("team: sales\nversion: 2\n")
})

test("preview writes the files to a new folder, and never into one that holds something", async () => {
  const cwd = await released()
  const out = join(cwd, "ö ut")
  await succeed(["template", "preview", "--set", "team=sales", "--out", "ö ut"], { cwd })
  expect(Object.keys(snapshot(out))).toEqual(["ci.yml", "docs/notes.txt", "new.txt", "sales/readme.md"])
  write(out, { "ci.yml": "mine\n" })
  const again = await meshwright(["template", "preview", "--out", "ö ut"], { cwd })
  expect(again.exitCode).toBe(2)
  expect(read(out, "ci.yml")).toBe("mine\n")
})

test("preview shows what another answer, and the release before, change", async () => {
  const cwd = await released()
  const versus = await json(["template", "preview", "--versus", "ci=none"], { cwd })
  expect(versus.document).toMatchObject({ changes: [{ path: "ci.yml", status: "deleted", removed: 2 }] })
  const { stdout } = await succeed(["template", "preview", "--diff"], { cwd })
  expect(stdout).toBe("--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+new\n")
})

test("wrong answers, names of files and versions are told", async () => {
  const cwd = await released()
  const errors = async (...args: readonly string[]) => {
    const { exitCode, stderr } = await meshwright(["template", ...args], { cwd })
    expect(exitCode).toBe(2)
    return stderr
  }
  expect(await errors("preview", "--set", "team=Sales")).toContain('team: "Sales" must match ^[a-z]+$')
  expect(await errors("preview", "--set", "taem=x")).toContain("did you mean team?")
  expect(await errors("preview", "--file", "ci.yaml")).toContain("did you mean ci.yml?")
  expect(await errors("preview", "--versus", "ci")).toContain("--versus ci: expected KEY=VALUE")
  expect(await errors("diff", "v9")).toContain("its tags: v1.0.0, v1.1.0")
  expect(await errors("diff")).toContain("needs the version to start from")
})

test("diff shows what an update brings, files that moved as such", async () => {
  const cwd = await released()
  const { stdout } = await succeed(["template", "diff", "v1.0.0", "v1.1.0"], { cwd })
  expect(stdout).toBe(
    "--- a/ci.yml\n+++ b/ci.yml\n@@ -1,2 +1,2 @@\n team: sample\n-version: 1\n+version: 2\nrename from old/notes.txt\nrename to docs/notes.txt\n",
  )
  const stat = await succeed(["template", "diff", "v1.0.0", "--stat"], { cwd })
  expect(stat.stdout.split("\n").map((line) => line.trim().replaceAll(/ +/g, " "))).toEqual([
    "ci.yml changed +1 -1",
    "old/notes.txt => docs/notes.txt renamed",
    "new.txt added +1",
    "3 files changed, 2 lines added, 1 removed",
    "",
  ])
  expect((await meshwright(["template", "diff", "v1.0.0", "--exit-code"], { cwd })).exitCode).toBe(3)
  expect((await meshwright(["template", "diff", "v1.1.0", "v1.1.0", "--exit-code"], { cwd })).exitCode).toBe(0)
  const commit = (await git(cwd, "rev-parse", "--short", "v1.0.0")).trim()
  const same = await json(["template", "diff", commit, "v1.0.0"], { cwd })
  expect(same.document).toMatchObject({ changes: [], from: { version: commit }, to: { version: "v1.0.0" } })
})
