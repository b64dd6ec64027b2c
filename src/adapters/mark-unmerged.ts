import type { UnmergedFile } from "../core/plan/unmerged.ts"
import type { FileEntry, FileMode } from "../core/model/tree.ts"
import { runGit } from "./run-git.ts"

const INDEX_MODES: Readonly<Record<FileMode, string>> = { "644": "100644", "755": "100755", link: "120000" }

/**
 * Puts base, ours and theirs into git's index as stages 1 to 3, as a merge does: https://git-scm.com/docs/git-update-index,
 * "Using --index-info". The files themselves are left alone.
 */
export async function markUnmerged(folder: string, files: readonly UnmergedFile[]): Promise<void> {
  const prefix = await runGit(folder, ["rev-parse", "--show-prefix"])
  const lines: string[] = []
  for (const { path, base, ours, theirs } of files) {
    const stages = await Promise.all(
      [base, ours, theirs].map(async (entry: FileEntry | undefined, index) => {
        if (!entry) return undefined
        const object = await runGit(folder, ["hash-object", "-w", "--stdin", "--no-filters"], entry.bytes)
        return { object, line: `${INDEX_MODES[entry.mode]} ${object} ${index + 1}\t${prefix}${path}` }
      }),
    )
    const known = stages.filter((stage) => stage !== undefined)
    // Mode 0 takes out the entry that is there.
    lines.push(`0 ${"0".repeat(known[0]?.object.length ?? 40)}\t${prefix}${path}`, ...known.map(({ line }) => line))
  }
  await runGit(folder, ["update-index", "-z", "--index-info"], lines.map((line) => `${line}\0`).join(""))
}
