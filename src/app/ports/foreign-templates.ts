import type { ForeignRecord } from "../../core/adopt/foreign-record.ts"
import type { Tree } from "../../core/model/tree.ts"

/** What a template of another tool rendered; `problem` says in a sentence why that cannot be told. */
export type ForeignRendering =
  | { readonly kind: "rendered"; readonly tree: Tree }
  /** The template has code that the tool only runs when told to. */
  | { readonly kind: "untrusted" }
  | { readonly kind: "failed"; readonly problem: string; readonly hint: string }

/** Templates of copier and cruft, rendered by these programs where they are installed. */
export interface ForeignTemplates {
  /**
   * Renders the recorded version with the recorded answers, in a scratch folder.
   * @param root absolute path of the project: from there, a template in a folder is seen
   * @param trusted whether code of the template may run
   */
  render(record: ForeignRecord, root: string, trusted: boolean): Promise<ForeignRendering>
}
