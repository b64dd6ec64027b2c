import picomatch from "picomatch"

/** A test for paths: `*` within a segment, `**` across segments, `{a,b}`, dotfiles included. */
export function globMatcher(glob: string): (path: string) => boolean {
  const matches = picomatch(glob, { dot: true })
  // It takes more arguments, which `some` and `filter` would give it.
  return (path) => matches(path)
}

/** Why a glob fits no path of a project; undefined where it may. */
export function globProblem(glob: string): { readonly message: string; readonly hint: string } | undefined {
  if (/^(\/|[A-Za-z]:|~)/.test(glob))
    return { message: "is absolute", hint: "write it from the project's folder: models/**" }
  if (/(^|\/)\.\.?(\/|$)/.test(glob))
    return { message: "has . or .. in it", hint: "write it from the project's folder: models/**" }
  if (glob.endsWith("/")) return { message: "is a folder, and rules are about files", hint: `write ${glob}**` }
  if (glob.includes("\\")) return { message: "has a \\ in it", hint: "write / between folders" }
  try {
    picomatch.makeRe(glob, { dot: true, strictBrackets: true })
    return undefined
  } catch {
    return { message: "has a bracket that is not closed", hint: "close it: {a,b}, [ab], (a|b)" }
  }
}
