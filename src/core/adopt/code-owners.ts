/** Where git hosts look for it, in their order; the first that exists counts. */
export const CODEOWNERS_PLACES: readonly string[] = [
  ".github/CODEOWNERS",
  "CODEOWNERS",
  "docs/CODEOWNERS",
  ".gitlab/CODEOWNERS",
]

interface Rule {
  readonly folder: string
  readonly owners: readonly string[]
  readonly line: number
}

/**
 * Who owns a folder by a CODEOWNERS file: the owners of the nearest rule for it or for a folder above it, the last of
 * equals; else those of the most general rule within it. Undefined where no rule has owners.
 * @param folder from the top of the repository; empty for all of it
 */
export function ownersOf(
  text: string,
  folder: string,
): { readonly owners: readonly string[]; readonly line: number } | undefined {
  const rules = readRules(text)
  const above = rules.filter((rule) => isWithin(folder, rule.folder))
  const within = rules.filter((rule) => isWithin(rule.folder, folder))
  const depth = ({ folder: path }: Rule): number => (path === "" ? 0 : path.split("/").length)
  return (
    above.toSorted((a, b) => depth(b) - depth(a) || b.line - a.line)[0] ??
    within.toSorted((a, b) => depth(a) - depth(b) || a.line - b.line)[0]
  )
}

function readRules(text: string): Rule[] {
  return text.split(/\r?\n/).flatMap((line, index): Rule[] => {
    // A section of GitLab may name owners of its own, for the rules below that name none; those count for the others.
    const [pattern, ...words] = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/)
    const owners = words.filter((word) => word.includes("@"))
    if (pattern === undefined || pattern === "" || /^[[^!]/.test(pattern) || owners.length === 0) return []
    const path = pattern
      .replace(/^\//, "")
      .replace(/(^|\/)\*{1,2}$/, "")
      .replace(/\/$/, "")
    // Rules for kinds of files (`*.sql`) say nothing about folders.
    return /[*?]/.test(path) ? [] : [{ folder: path, owners, line: index + 1 }]
  })
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`)
}
