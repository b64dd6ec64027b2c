import { join } from "node:path"
import { commitAll, git, succeed } from "./cli.ts"
import { write } from "./files.ts"
import { folder } from "./workspace.ts"

/** A template in a git repository, and a project of one of its releases beside. */
export interface Released {
  readonly cwd: string
  readonly project: string
  /** Releases a version: manifest keys in YAML, and files beside template.yml; `null` removes one. */
  readonly release: (version: string, manifest: string, files: Readonly<Record<string, string | null>>) => Promise<void>
  /** Creates the project of a version; `ours` are the team's changes, committed. Arguments are those of `new`. */
  readonly create: (
    version: string,
    ours?: Readonly<Record<string, string | null>>,
    ...args: readonly string[]
  ) => Promise<void>
}

export function released(): Released {
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
    create: async (version, ours = {}, ...args) => {
      const source = `git+file://${repository}@v${version}`
      await succeed(["new", "--template", source, "--dest", "p", "--yes", ...args], { cwd })
      write(project, ours)
      if (!args.includes("--no-git")) await commitAll(project, "Ours")
    },
  }
}
