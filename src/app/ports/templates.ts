import type { Template, TemplateRef } from "../../core/model/template.ts"

/** The version that a project would get, as far as it is known without fetching it. */
export interface NewestVersion {
  /** As a project records it, with the range where it has one. */
  readonly source: string
  readonly version: string
  /** Absent where only the template itself would tell. */
  readonly integrity?: string
  /** A version that is newer, and out of the range that the source says. */
  readonly beyond?: string
}

/** Where templates come from: built-in, a folder, a git repository, an npm package. */
export interface Templates {
  /**
   * Reads a template. Throws a MeshwrightError when there is none, when it cannot be reached, or is broken.
   * @param source as in meshwright.yml; a folder is relative to `from`
   * @param version a version, range, tag, branch or commit; undefined for what the source says behind its @, or the newest.
   * Folders and built-in templates have one version only.
   * @param from absolute path of the project that names the source
   * @param below which versions to take of templates that it extends; absent: those that the templates ask for
   */
  load(source: string, version: string | undefined, from: string, below?: TemplateRef): Promise<Template>
  /** Which version `load` would give: asked of a server without fetching the template, where it has one. Throws as `load` does. */
  newest(source: string, version: string | undefined, from: string): Promise<NewestVersion>
}
