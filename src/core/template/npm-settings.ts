// Of these it is plain that they do not tell where packages come from.
const HARMLESS =
  /^(#|;|\/\/|$)|^(audit|engine-strict|fund|legacy-peer-deps|loglevel|package-lock|progress|save|save-exact)\s*=/

/**
 * What the settings of a project change about where npm gets a package: the lines of its .npmrc files, but for credentials
 * and what is plainly about something else. Empty where the user's own settings alone decide. A project may come from
 * anybody: by such a line, a package of a name that is trusted may be anybody's.
 * @param from folder in which npm runs
 * @param own the user's .npmrc
 * @param read text of a file; undefined where there is none
 */
export function npmSettings(
  name: string,
  from: string,
  own: string | undefined,
  read: (file: string) => string | undefined,
): readonly string[] {
  const scope = name.startsWith("@") ? name.slice(0, name.indexOf("/")) : undefined
  const isOthers = (line: string): boolean => {
    const other = /^(@[a-z0-9._~-]+):registry\s*=/i.exec(line)?.[1]
    return other !== undefined && other.toLowerCase() !== scope?.toLowerCase()
  }
  return foldersUpFrom(from).flatMap((folder) => {
    const file = `${folder}.npmrc`
    const text = file === own ? undefined : read(file)
    const lines = (text ?? "").split(/[\r\n]+/).map((line) => line.trim())
    return lines.filter((line) => !HARMLESS.test(line) && !isOthers(line))
  })
}

/** A folder and all above it, each with a slash at its end. */
function foldersUpFrom(folder: string): string[] {
  const path = /[/\\]$/.test(folder) ? folder : folder + (folder.includes("/") ? "/" : "\\")
  const ends = [...path.matchAll(/[/\\]/g)].map(({ index }) => index + 1)
  return ends.toReversed().map((end) => path.slice(0, end))
}
