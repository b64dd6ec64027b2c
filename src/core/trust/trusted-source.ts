/**
 * What a source is trusted by: its address without user and password, which say who asks and not who answers. Compared
 * letter by letter, so two spellings of one address are two sources.
 */
export function trustName(source: string): string {
  // What stands behind `?` or `#` is no host, whatever `@` is in it: git asks the one before.
  return source.replace(/^((?:git\+)?https?:\/\/)[^/?#\\]*@/, "$1")
}

/**
 * Whether a source, as trustName gives it, begins with one of these. The beginning ends where a name does:
 * `git+https://example.com/acme` is no beginning of `git+https://example.com/acme-tools`. What climbs out of the
 * beginning again is not trusted.
 */
export function isTrustedSource(source: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => {
    if (beginning === "" || !source.startsWith(beginning)) return false
    const rest = source.slice(beginning.length)
    return (rest === "" || /[/:]$/.test(beginning) || rest.startsWith("/")) && !CLIMBS.test(rest)
  })
}

// Also as servers read it: with encoded slashes, and with parameters of a segment.
const CLIMBS = /(^|[/\\]|%2f|%5c)(\.|%2e){2}(;[^/\\]*)?([/\\]|%2f|%5c|$)/i
