import { MeshwrightError, problem } from "../model/diagnostic.ts"
import { parseSource } from "./parse-source.ts"

/**
 * The source that a template names, as the project that is made from it would write it: a folder is relative to the
 * template which names it, and lies in the same repository (or package) where that one does.
 * @param source of the template; what it says behind its @ is not about what lies beside it
 * @param named as in `extends` or `projects`
 */
export function relativeSource(source: string, named: string): string {
  const own = parseSource(source)
  if (parseSource(named).kind !== "folder") return named
  if (own.kind === "folder") return isAbsolute(named) ? named : joined(own.path, named)
  const [, address, folder = ""] = /^((?:[a-z+]+:)?(?:\/\/)?.*?)(?:\/\/(.*))?$/s.exec(own.source)!
  const path = own.kind === "builtin" ? joined(own.name, named) : joined(folder, named)
  if (isAbsolute(named) || path === ".." || path.startsWith("../")) {
    throw new MeshwrightError([
      problem(
        "unknown-source",
        `${named} leads out of ${own.kind === "builtin" ? "the built-in templates" : address}`,
        {
          hint: "name a folder by its path from template.yml, or another source: builtin:NAME, a git URL, npm:PACKAGE",
        },
      ),
    ])
  }
  if (own.kind === "builtin") return `builtin:${path}`
  return path === "." ? address! : `${address}//${path}`
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[a-zA-Z]:[\\/]/.test(path)
}

/** A source without the version or range behind its @: two of those that are the same are the same template. */
export function bareSource(source: string): string {
  try {
    const parsed = parseSource(source)
    return parsed.kind === "folder" ? joined("", parsed.path) : parsed.source
  } catch (error) {
    if (error instanceof MeshwrightError) return source
    throw error
  }
}

/** Two paths as one, without the steps that lead nowhere. */
function joined(folder: string, path: string): string {
  const root = /^[\\/]/.test(folder || path) ? "/" : ""
  const steps: string[] = []
  for (const step of `${folder}/${path}`.split(/[\\/]/)) {
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop()
    else if (step !== "" && step !== ".") steps.push(step)
  }
  return root + steps.join("/") || "."
}
