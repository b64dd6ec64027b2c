import { expect, test } from "vitest"
import { meshwright } from "../helpers/cli.ts"
import { tiny } from "../helpers/tiny.ts"

test("in a project, its state tells what fails as such, and what can be done there", async () => {
  const { project, template, create } = tiny()
  template("1.0.0", { "a.txt": "one\n" })
  await create()
  template("1.1.0", { "a.txt": "two\n" })
  const { stdout, exitCode } = await meshwright([], { cwd: project })
  expect(exitCode).toBe(0)
  expect(stdout).toContain("error: a newer template is out")
  const commands = stdout.split("\n").filter((line) => line.startsWith("  meshwright "))
  expect(commands.map((line) => /^ {2}meshwright (\w+) {2,}(?=\S)/.exec(line)?.[1])).toEqual([
    "add",
    "update",
    "check",
    "diff",
  ])
  expect(new Set(commands.map((line) => line.search(/(?<= {2})\S+ \S+.*$/))).size).toBe(1)
})
