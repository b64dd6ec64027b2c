import { extract } from "tar"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

const MOST_FILES = 20_000
const MOST_BYTES = 512 * 1024 * 1024

/**
 * Unpacks the tarball of an npm package, without its outermost folder. Throws a MeshwrightError for what no npm package has:
 * links, devices, paths out of the folder; and for one that is unreasonably large.
 */
export async function unpack(tarball: string, folder: string, what: string): Promise<void> {
  const refused: string[] = []
  let files = 0
  let bytes = 0
  await extract({
    file: tarball,
    cwd: folder,
    strip: 1,
    strict: true,
    preserveOwner: false,
    // npm sets the bits of files such that all can be read; what a tarball says of others does not count.
    umask: 0o022,
    filter: (path, entry) => {
      files += 1
      bytes += entry.size ?? 0
      const type = "type" in entry ? entry.type : "File"
      const parts = path.split(/[/\\]/)
      if (type !== "File" && type !== "OldFile" && type !== "Directory") refused.push(`${path} is a link or device`)
      else if (parts.includes("..") || path.startsWith("/") || /^[a-z]:/i.test(path))
        refused.push(`${path} leads out of it`)
      else if (files > MOST_FILES || bytes > MOST_BYTES) refused.push("it is larger than any template")
      return refused.length === 0
    },
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    if (refused.length === 0) refused.push(reason)
  })
  if (refused.length > 0)
    throw new MeshwrightError([
      problem("unsafe-package", `the package ${what} cannot be unpacked: ${refused[0]}`, {
        hint: "packages made by npm publish hold nothing but files",
      }),
    ])
}
