/** Where a dbt package is: nowhere yet, in a folder, or in git at a revision. */
export interface PackageReference {
  readonly kind: "none" | "folder" | "git"
  /** Folder, or git URL without subfolder and revision. */
  readonly location: string
  readonly revision: string
  readonly subdirectory: string
}

/**
 * Reads `none`, `../platform`, or `https://host/org/repo.git//sub/folder@v1.0.0` (also ssh, git+…, file, and
 * git@host:org/repo.git). The revision is what follows the last `@` of the path, so that an `@` in the host part stays.
 */
export function parsePackageReference(text: string): PackageReference {
  if (text === "" || text === "none") return { kind: "none", location: "", revision: "", subdirectory: "" }
  const url = text.replace(/^git\+/, "")
  const isGit = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/@\s]+@[^/:\s]+:/.test(url)
  if (!isGit) return { kind: "folder", location: text, revision: "", subdirectory: "" }
  const start = pathStart(url)
  const at = url.lastIndexOf("@")
  const address = at >= start ? url.slice(0, at) : url
  const sub = address.indexOf("//", start)
  return {
    kind: "git",
    location: sub < 0 ? address : address.slice(0, sub),
    revision: at >= start ? url.slice(at + 1) : "",
    subdirectory: sub < 0 ? "" : address.slice(sub + 2).replaceAll(/^\/+|\/+$/g, ""),
  }
}

/** Where the path of a git URL begins: after scheme and host, or after the colon of the scp-like form. */
function pathStart(url: string): number {
  const scheme = url.indexOf("://")
  if (scheme < 0) return url.indexOf(":") + 1
  const slash = url.indexOf("/", scheme + 3)
  // file:///path has no host: its path may itself begin with the slash found.
  return slash < 0 ? url.length : slash + 1
}
