import type { Template } from "../../core/model/template.ts"

/** Where templates come from: built-in, a folder, a git repository. */
export interface Templates {
  /**
   * Reads a template. Throws a MeshwrightError when there is none or it is broken.
   * @param source as in meshwright.yml; a folder is relative to `from`
   * @param version tag, branch or commit; undefined for the newest. Folders and built-in templates have one version only.
   * @param from absolute path of the project that names the source
   */
  load(source: string, version: string | undefined, from: string): Promise<Template>
}
