import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { meshwright, program } from "../scripts/setup/places.mjs"

/**
 * What is measured. The first case is the unit of all ratios. prepare(folder) gets a fresh empty folder for each run, may
 * put into it what the run needs, and returns the command; only the command is timed. proof is a path below that folder
 * that is there afterwards when the command did its work.
 */
export const cases = [
  { name: "node -e 0", prepare: () => [process.execPath, "-e", "0"] },
  { name: "meshwright --version", target: 1.5, prepare: () => [process.execPath, meshwright, "--version"] },
  {
    name: "meshwright new, with git commit",
    target: 6,
    prepare: () => [process.execPath, meshwright, "new", "sales", "--yes"],
    proof: "sales/.git/refs/heads/main",
  },
  {
    name: "copier copy of 100 files, no git",
    prepare: (folder) => {
      makeCopierTemplate(join(folder, "template"), 100)
      return [program("copier", "copier"), "copy", "--quiet", "--defaults", "template", "project"]
    },
    proof: "project/folder_9/file_99.yml",
  },
]

/** One question, and files of a few lines that all use the answer. */
function makeCopierTemplate(folder, files) {
  mkdirSync(folder)
  writeFileSync(join(folder, "copier.yml"), "domain:\n  type: str\n  default: sales\n")
  for (let index = 0; index < files; index++) {
    const below = join(folder, `folder_${Math.floor(index / 10)}`)
    mkdirSync(below, { recursive: true })
    writeFileSync(
      join(below, `file_${index}.yml.jinja`),
      `# File ${index} of {{ domain }}\n${"name: {{ domain }}_orders\n".repeat(20)}`,
    )
  }
}
