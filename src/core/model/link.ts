/** Whether a symbolic link at `path` with this target points outside of the project (or is absolute). */
export function linkTargetLeaves(path: string, target: string): boolean {
  if (target.startsWith("/") || /^[a-zA-Z]:/.test(target) || target.includes("\\")) return true
  let depth = path.split("/").length - 1
  for (const segment of target.split("/")) {
    if (segment === "..") depth--
    else if (segment !== "." && segment !== "") depth++
    if (depth < 0) return true
  }
  return false
}
