import { isDate } from "../core/is-date.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"

/** The day in UTC, or the one that MESHWRIGHT_TODAY names: to try out what a policy says then. */
export function today(): string {
  const given = process.env["MESHWRIGHT_TODAY"]
  if (given === undefined || given === "") return new Date().toISOString().slice(0, 10)
  if (isDate(given)) return given
  throw new MeshwrightError(
    [problem("usage", `MESHWRIGHT_TODAY is ${given}: it needs a day such as 2027-03-31`)],
    "usage",
  )
}
