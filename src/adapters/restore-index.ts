import type { Git } from "../app/ports/git.ts"
import { gitOnPaths, runGit } from "./run-git.ts"

/** See Git.restoreIndex. Paths that neither the commit nor the index has are fine; work tree files are left alone. */
export const restoreIndex: Git["restoreIndex"] = async (folder, paths, entries) => {
  if (paths.length === 0) return
  await gitOnPaths(folder, ["reset", "--quiet"], paths)
  const differing = Object.entries(entries).filter(([path]) => paths.includes(path))
  if (differing.length === 0) return
  const [prefix = "", format] = (await runGit(folder, ["rev-parse", "--show-prefix", "--show-object-format"])).split(
    "\n",
  )
  const nothing = `0 ${"0".repeat(format === "sha256" ? 64 : 40)}`
  // https://git-scm.com/docs/git-update-index, "Using --index-info"; mode 0 takes an entry out.
  const lines = differing.map(([path, entry]) => `${entry ?? nothing}\t${prefix}${path}\0`)
  await runGit(folder, ["update-index", "-z", "--index-info"], lines.join(""))
}
