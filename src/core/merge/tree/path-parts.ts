/** The last segment. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/** The path of the folder, "" at the root. */
export function folderName(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0))
}

/** From the last dot of the name on, "" without one; `.yaml` and `.yml` are the same. */
export function extension(path: string): string {
  const name = baseName(path)
  const end = name.includes(".") ? name.slice(name.lastIndexOf(".")) : ""
  return end === ".yaml" ? ".yml" : end
}
