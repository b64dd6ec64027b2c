import { commandOf } from "./commands.ts"
import { commandHelp, forTerminal, programHelp } from "./help.ts"
import { VERSION } from "./version.ts"

// Help and version come first, with as little loaded as possible; everything else is behind the import below.
const args = process.argv.slice(2)
const asksForHelp = args.includes("--help") || args.includes("-h") || args[0] === "help"

if (args[0] === "--version" || args[0] === "-V") process.stdout.write(`${VERSION}\n`)
else if (asksForHelp) {
  const words = args.filter((arg) => !arg.startsWith("-") && arg !== "help")
  const topic = commandOf(words)?.command
  process.stdout.write(forTerminal(topic ? commandHelp(topic) : programHelp(words[0]), process.stdout.columns))
} else {
  const { run } = await import("./run/run.ts")
  process.exitCode = await run(args)
}
