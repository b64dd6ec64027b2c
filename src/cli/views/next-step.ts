import { relative, sep } from "node:path"
import { shellWord } from "../../core/render/quote.ts"

// Names that are read at a glance; of more, git takes all.
const MOST_NAMES = 3

/**
 * What to do once files are written in a git repository and not committed: absolute paths of those that git does not track
 * yet, and the folder in which the next command will be typed.
 */
export function nextStep(command: "update" | "adopt", untracked: readonly string[], cwd: string): string {
  const look = `Look at it with \`git diff\` and commit it; \`meshwright ${command} --abort\` undoes it.`
  if (untracked.length === 0) return look
  const names = untracked.map((path) => shellWord(relative(cwd, path).split(sep).join("/")))
  const add = names.length > MOST_NAMES ? "--all" : names.join(" ")
  const what = names.length === 1 ? "the new file" : `the ${names.length} new files`
  return `${look}\n\`git diff\` does not show ${what}: \`git add ${add}\` first.`
}
