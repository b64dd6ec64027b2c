/** Numbers of a version as in semantic versioning, with or without a `v`; undefined for anything else (a branch, a commit). */
function parse(version: string): { readonly numbers: readonly number[]; readonly pre: string } | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(version)
  return match ? { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], pre: match[4] ?? "" } : undefined
}

/** Whether the text is a version, so that another can be newer. */
export function isVersion(text: string): boolean {
  return parse(text) !== undefined
}

/** Whether `a` is an older release than `b`; false where one of them is no version. A pre-release is older than its release. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)]
  if (!left || !right) return false
  for (const [index, number] of left.numbers.entries()) {
    const other = right.numbers[index] ?? 0
    if (number !== other) return number < other
  }
  return left.pre !== "" && (right.pre === "" || isEarlierPre(left.pre.split("."), right.pre.split(".")))
}

/** For sorting releases, the older one first; what is no version keeps its place. */
export function compareVersions(a: string, b: string): number {
  return isOlder(a, b) ? -1 : isOlder(b, a) ? 1 : 0
}

/** Semantic versioning, section 11: part by part, numbers as numbers and before words; fewer parts are earlier. */
function isEarlierPre(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((part, index) => part !== b[index])
  if (at < 0) return a.length < b.length
  const [left, right] = [a[at]!, b[at]]
  if (right === undefined) return false
  const [isNumber, otherIsNumber] = [left, right].map((part) => /^\d+$/.test(part))
  if (isNumber && otherIsNumber) return Number(left) < Number(right)
  return isNumber === otherIsNumber ? left < right : isNumber === true
}

/** Whether the text is a whole commit id. */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}
