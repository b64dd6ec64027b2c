/**
 * Whose version of a place the project has after the update: the template's ("theirs"), the team's ("ours": the
 * template's change stays away), both had the same, both put together ("merged"), or nobody's yet ("conflict").
 */
export type Origin = "theirs" | "ours" | "both" | "merged" | "conflict"

export type PlaceKind =
  | "added"
  | "removed"
  | "changed"
  | "renamed"
  | "reordered"
  /** Comments, blanks, quotes: what the file says is the same. */
  | "layout"

/** One thing that the template changed, and what became of it. */
export interface PlaceChange {
  /** Key path such as `packages[package=dbt-labs/dbt_utils].version`, or `lines 3-5`; "mode" for the executable bit. */
  readonly at: string
  readonly what: PlaceKind
  readonly from: Origin
  /** The template's value before and now, on one line, long ones cut. */
  readonly old?: string
  readonly new?: string
  /** The team's value, where it is neither of the two. */
  readonly ours?: string
  /** Why ours stays: both raised a version, and ours is the higher one. */
  readonly why?: "higher-version"
  /** Of a text of several lines: how many. */
  readonly lines?: { readonly added: number; readonly removed: number }
  /** First line of the place in the file after the update; absent where there are conflicts in it. */
  readonly line?: number
}

/** What the team did to the members of one container since the template rendered it. */
export interface TeamChange {
  /** Key path of the container; empty for the file itself. */
  readonly at: string
  /** Names of members: keys, `[name=orders]` for items of lists, `lines 3-5`. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

/** What comes from whom in one file. */
export interface Explanation {
  readonly merged: readonly PlaceChange[]
  readonly yours: readonly TeamChange[]
  /** Nothing was merged: the places are where the template has something else. */
  readonly isComparison?: boolean
}
