import type { Generator } from "./generator.ts"

export const platform: Generator = {
  name: "platform",
  description: "a platform package: the internal dbt package with macros and tests that domain projects share",
  template: "builtin:platform",
}
