// For node --import: writes the most memory that the process had, in kB, to a file when it ends.
import { writeFileSync } from "node:fs"

process.on("exit", () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)))
