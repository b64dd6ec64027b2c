import type { Generator } from "./generator.ts"

export const mesh: Generator = {
  name: "mesh",
  description: "a mesh: a platform package and several domain projects in one folder",
  template: "builtin:mesh",
}
