import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { outputOf, quietly } from "./command.mjs"
import { cache, program, venv } from "./places.mjs"
import { SetupProblem } from "./problem.mjs"

/** Python versions that dbt 1.11 runs on. */
const OLDEST = 11
const NEWEST = 13
const CANDIDATES = ["python3", "python3.13", "python3.12", "python3.11", "python"]

const PROBE = `
import importlib.util as u, sys
print(sys.version_info[0], sys.version_info[1], *(int(u.find_spec(m) is not None) for m in ("venv", "ensurepip")))`

/** A virtual environment below .cache/ with what scripts/setup/<name>.txt asks for. */
export function python(name, what) {
  const mark = join(venv(name), ".requirements")
  const requirements = fileURLToPath(new URL(`${name}.txt`, import.meta.url))
  // A virtual environment has its own path in its programs: a moved clone needs a new one.
  const wanted = () => createHash("sha256").update(readFileSync(requirements)).update(venv(name)).digest("hex")
  return {
    title: what,
    ready: () => read(mark) === wanted(),
    make: async () => {
      await makeVenv(name)
      const pip = [
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--prefer-binary",
        "-r",
        requirements,
      ]
      await quietly(program(name, "python"), pip, { env: pythonEnvironment() })
      writeFileSync(mark, wanted())
    },
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}

/** Settings that people have for their own Python, and that do not fit a virtual environment. */
export function pythonEnvironment() {
  const { PYTHONHOME, PYTHONPATH, PIP_USER, PIP_TARGET, PIP_PREFIX, ...others } = process.env
  return others
}

async function makeVenv(name) {
  const { command, minor, hasVenv } = await findPython()
  if (!hasVenv) {
    throw new SetupProblem(
      `${command} cannot make virtual environments: its venv module is not there, or not whole.`,
      `Install it; on Debian and Ubuntu: sudo apt install python3-venv (or python3.${minor}-venv)`,
    )
  }
  rmSync(venv(name), { recursive: true, force: true })
  mkdirSync(cache, { recursive: true })
  await quietly(command, ["-m", "venv", venv(name)], { env: pythonEnvironment() })
}

async function findPython() {
  const seen = []
  for (const command of process.env.PYTHON ? [process.env.PYTHON] : CANDIDATES) {
    const { status, output } = await outputOf(command, ["-c", PROBE], { env: pythonEnvironment() })
    const match = status === 0 ? /^(\d+) (\d+) ([01]) ([01])/m.exec(output) : null
    if (!match) continue
    const [major, minor] = [Number(match[1]), Number(match[2])]
    if (major === 3 && minor >= OLDEST && minor <= NEWEST)
      return { command, minor, hasVenv: match[3] === "1" && match[4] === "1" }
    seen.push(`${command} is ${major}.${minor}`)
  }
  throw new SetupProblem(
    seen.length === 0 ? "Python is not installed." : `No Python that fits was found: ${seen.join(", ")}.`,
    `Install Python 3.${OLDEST} to 3.${NEWEST} (on Debian: sudo apt install python3 python3-venv), or set PYTHON to one.`,
  )
}
