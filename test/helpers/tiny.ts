import { join } from "node:path"
import { commitAll, succeed } from "./cli.ts"
import { write } from "./files.ts"
import { folder } from "./workspace.ts"

/** A small template in a folder, and a project of it beside. */
export interface Tiny {
  readonly cwd: string
  readonly project: string
  /** Gives the template a version and changes its files; `null` removes one. */
  readonly template: (version: string, files: Readonly<Record<string, string | null>>) => void
  /** Creates the project; `ours` are the team's changes, committed. Arguments are those of `new`. */
  readonly create: (ours?: Readonly<Record<string, string | null>>, ...args: readonly string[]) => Promise<void>
}

export function tiny(cwd = folder()): Tiny {
  const project = join(cwd, "p")
  return {
    cwd,
    project,
    template: (version, files) => {
      write(cwd, { "t/template.yml": `{name: tiny, version: ${version}, description: a test}` })
      for (const [path, content] of Object.entries(files)) write(cwd, { [`t/files/${path}`]: content })
    },
    create: async (ours = {}, ...args) => {
      await succeed(["new", "--template", "./t", "--dest", "p", "--yes", ...args], { cwd })
      write(project, ours)
      if (!args.includes("--no-git") && Object.keys(ours).length > 0) await commitAll(project)
    },
  }
}

const LINES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

/** Lines apart enough from each other that changes of some merge. */
export function lines(changes: Readonly<Record<string, string>> = {}): string {
  return LINES.map((line) => `${changes[line] ?? line}\n`).join("")
}
