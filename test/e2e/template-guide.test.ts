import { chmodSync, readFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { environment, program } from "../helpers/cli.ts"
import { write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const GUIDE = readFileSync(join(import.meta.dirname, "../../docs/template-guide.md"), "utf8")
const MARK = "----- end of block"

interface Block {
  readonly commands: string
  /** Lines that the commands print, in this order; … stands for anything. */
  readonly shown: readonly string[]
}

/** The commands of the guide, with what it shows behind them. */
function blocks(): readonly Block[] {
  const found: { commands: string; shown: string[] }[] = []
  for (const [, language, text = ""] of GUIDE.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (language === "sh") found.push({ commands: text, shown: [] })
    if (language === "text") found.at(-1)!.shown.push(...text.trimEnd().split("\n"))
  }
  return found
}

test("every command of the guide does what the guide says", { timeout: 600_000 }, async () => {
  const cwd = folder()
  write(cwd, { "bin/meshwright": `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n` })
  chmodSync(join(cwd, "bin/meshwright"), 0o755)
  const all = blocks()
  expect(all.length).toBeGreaterThan(10)
  const script = ["set -eu", ...all.flatMap(({ commands }) => [commands, `echo "${MARK}"`])].join("\n")
  const run = await execa("bash", ["-c", script], {
    cwd,
    env: { ...environment, PATH: [join(cwd, "bin"), environment["PATH"]].join(delimiter) },
    extendEnv: false,
    all: true,
    reject: false,
    stdin: "ignore",
  })
  expect(run.exitCode, run.all).toBe(0)
  const outputs = run.all.split(`${MARK}\n`)
  for (const [index, { shown }] of all.entries()) {
    const lines = (outputs[index] ?? "").split("\n")
    let from = 0
    for (const expected of shown) {
      const pattern = new RegExp(
        expected
          .trim()
          .split("…")
          .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/ +/g, " +"))
          .join(".*"),
      )
      const at = lines.findIndex((line, number) => number >= from && pattern.test(line))
      expect(
        at,
        `after:\n${all[index]?.commands}\nthe guide shows: ${expected}\nprinted:\n${lines.join("\n")}`,
      ).not.toBe(-1)
      from = at + 1
    }
  }
})
