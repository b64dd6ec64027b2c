/** Something that `meshwright new` (and plop) can create. Its questions are those of its template. */
export interface Generator {
  /** KIND on the command line. */
  readonly name: string
  /** In one line, for the menu and for plop's list. */
  readonly description: string
  /** Source of the template that it renders. */
  readonly template: string
}
