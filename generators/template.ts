import type { Generator } from "./generator.ts"

export const template: Generator = {
  name: "template",
  description: "a template of your own: its repository with tests and CI, on top of the built-in one or from nothing",
  template: "builtin:template",
}
