/** What a file says, part by part and by name: to tell people of it, and free of how it is written. */
export interface Part {
  /** The same on all sides; siblings may share one. "" where nothing names the part. */
  readonly id: string
  /** The step of a key path to it: `version`, `[name=orders]`, `resource "x" "y"`. */
  readonly name: string
  /** Equal text, equal meaning, with all that is inside. */
  readonly canon: string
  /** The value as written; "" for a container with something in it. */
  readonly text: string
  /** What stands behind the value on its line. */
  readonly comment?: string
  /** First and last line, from 1. */
  readonly lines: readonly [first: number, last: number]
  /** Members of a container. */
  readonly parts?: readonly Part[]
}
