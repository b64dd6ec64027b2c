import { showStep } from "../../structure/key-path.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { alignAssignments } from "./align.ts"
import { parseHcl } from "./parse-hcl.ts"

/** Terraform and other files in the native syntax of HCL. */
export const hclFormat: MergeFormat = outlineFormat({
  name: "hcl",
  matches: (path) => /\.(?:tf|tfvars|hcl|tofu|tftest\.hcl)$/.test(path),
  parse: parseHcl,
  nameOf: ({ id, alias, before }) =>
    id.startsWith("key ")
      ? showStep(id.slice("key ".length))
      : before.replace("{", "").trim() + (alias ? `[${alias.replace(/^key /, "")}]` : ""),
  arrange: alignAssignments,
})
