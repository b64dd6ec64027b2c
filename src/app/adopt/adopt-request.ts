import type { AnswerPlaces } from "../../core/answers/resolve-answers.ts"
import type { ConflictStyle } from "../../core/merge/merge-input.ts"

export interface AdoptRequest {
  /** Absolute path of the project. */
  readonly root: string
  /** Source of the template, seen from cwd. */
  readonly source: string
  readonly cwd: string
  /** The template's version to come to; absent: the newest. */
  readonly to?: string
  /** The version that the project was once made from; `none`: nothing is known of one, whatever another tool recorded. */
  readonly base?: string
  /** Globs of files for which the template's content is wanted, whatever it changes. */
  readonly take: readonly string[]
  /** Globs of files that no update touches. */
  readonly keep: readonly string[]
  readonly trust: boolean
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
  /** Absent: what the team has stays as it is, and only files with a base are merged. */
  readonly conflictStyle?: ConflictStyle
}

/** What stands for no version, of an earlier template. */
export const NO_VERSION = "none"
