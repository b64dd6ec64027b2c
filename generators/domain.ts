import type { Generator } from "./generator.ts"

export const domain: Generator = {
  name: "domain",
  description: "a domain project: the dbt project of one domain, with an example data product",
  template: "builtin:domain",
}
