/** What stands for a wildcard in a sample path: unlikely to be written in a pattern. */
const ANY = "\u0001"

const MOST_WILDCARDS = 12
const LONGEST = 1000

/**
 * Whether everything that `inner` matches is matched by `outer` too, both in the syntax of .gitignore. Found with a
 * sample path, so it is right for what people write, not for every pattern.
 */
export function covers(outer: string, inner: string): boolean {
  // With these a regular expression can take for ever, or is refused; nobody writes such a rule.
  if (outer.length > LONGEST || outer.split("*").length > MOST_WILDCARDS) return false
  const sample = sampleOf(inner)
  const [literal] = outer.replace(/^\/+/, "").split(/[*?]/, 1)
  // Most rules are about other folders: seen without a regular expression.
  const elsewhere = isAnchored(outer) && !sample.startsWith(literal!.replace(/\/+$/, ""))
  return !elsewhere && matcher(outer).test(sample)
}

function sampleOf(pattern: string): string {
  const path = pattern
    .replace(/^\/+/, "")
    .replaceAll("**/", "")
    .replace(/\*+|\?/g, ANY)
  const deep = isAnchored(pattern) ? path : `${ANY}/${path}`
  return deep.endsWith("/") || deep === "" ? deep + ANY : deep
}

function matcher(pattern: string): RegExp {
  const body = pattern.replace(/^\/+/, "").replace(/\/+$/, "")
  const source = body.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (sign) => {
    if (sign === "**/") return "(?:.*/)?"
    if (sign === "**") return ".*"
    return sign === "*" ? "[^/]*" : sign === "?" ? "[^/]" : `\\${sign}`
  })
  return new RegExp(`^${isAnchored(pattern) ? "" : "(?:.*/)?"}${source}${pattern.endsWith("/") ? "/.*" : "(?:/.*)?"}$`)
}

/** With a slash at the start or in the middle a pattern counts from the top, else it matches at any depth. */
function isAnchored(pattern: string): boolean {
  return pattern.replace(/\/+$/, "").includes("/")
}
