import { domain } from "./domain.ts"
import { mesh } from "./mesh.ts"
import { platform } from "./platform.ts"
import { template } from "./template.ts"
import type { Generator } from "./generator.ts"

/** Everything that can be created, by name. */
export const generators: readonly Generator[] = [domain, platform, mesh, template]
