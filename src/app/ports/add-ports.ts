import type { Generators } from "./generators.ts"
import type { Plopfiles } from "./plopfiles.ts"
import type { Ports } from "./ports.ts"

/** What `add` needs of the world beyond the others. */
export interface AddPorts extends Ports {
  readonly generators: Generators
  readonly plopfiles: Plopfiles
}
