import { dirname, join } from "node:path"
import { addTrusted, parseUserConfig, type UserConfig } from "../core/trust/user-config.ts"
import type { Ports } from "./ports/ports.ts"

type World = Pick<Ports, "fs" | "environment">

/** Where the user's settings are (XDG Base Directory Specification); undefined where the environment names no home. */
export function userConfigPath({ XDG_CONFIG_HOME, HOME, USERPROFILE }: Ports["environment"]): string | undefined {
  // Without `||`, a variable that is set to nothing would count.
  const home = HOME || USERPROFILE
  const folder = XDG_CONFIG_HOME || (home && join(home, ".config"))
  return folder && join(folder, "meshwright", "config.yml")
}

/** The user's settings; those of nobody where there is no file. Throws a MeshwrightError for a broken one. */
export function readUserConfig({ fs, environment }: World): UserConfig {
  const path = userConfigPath(environment)
  return path === undefined ? { trust: [] } : parseUserConfig(textAt(fs, path), path)
}

/** Adds a source to those that are trusted. Returns whether that could be done. */
export function rememberTrust({ fs, environment }: World, source: string): boolean {
  const path = userConfigPath(environment)
  if (path === undefined) return false
  const text = addTrusted(textAt(fs, path), source)
  if (text === undefined) return false
  // The file itself, where the path is a link to where somebody keeps their settings.
  const target = fs.realPath(path) ?? path
  fs.makeDirectory(dirname(target))
  const staged = `${target}.new`
  fs.remove(staged)
  fs.write(
    staged,
    { mode: "644", bytes: Buffer.from(text, "utf8") },
    { permissions: fs.stat(target)?.permissions ?? 0o600 },
  )
  fs.rename(staged, target)
  return true
}

/** The text of a file, links followed; empty where there is none. */
export function textAt(fs: World["fs"], path: string): string {
  return Buffer.from(fs.read(fs.realPath(path) ?? path)?.bytes ?? "").toString("utf8")
}
