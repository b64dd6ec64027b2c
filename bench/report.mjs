/** Prints what was measured. */
export function printCases(measured, unit) {
  const one = median(measured.find(({ name }) => name === unit).times)
  console.log(`\nratio: median to that of ${unit}; times in ms, memory in MB\n`)
  console.log(line("", "ratio", "min", "median", "max", "rounds", "memory"))
  for (const { name, times, memory } of measured) {
    const shown = [Math.min(...times), median(times), Math.max(...times)].map((time) => time.toFixed(0))
    console.log(line(name, (median(times) / one).toFixed(2), ...shown, times.length, memory?.toFixed(0) ?? ""))
  }
}

/** Prints the targets whose cases were measured. Returns whether all of them are reached. */
export function printTargets(targets, measured, unit) {
  const find = (name) => measured.find((each) => each.name === name)
  const medianOf = (name) => median(find(name)?.times ?? [])
  const lookUp = {
    median: medianOf,
    ratio: (name) => medianOf(name) / medianOf(unit),
    memory: (name) => find(name)?.memory ?? Number.NaN,
  }
  const rows = targets
    .map(({ of, most, value }) => ({ of, most, is: value(lookUp) }))
    .filter(({ is }) => !Number.isNaN(is))
  if (rows.length > 0) console.log(`\n${line("", "is", "target")}`)
  for (const { of, most, is } of rows)
    console.log(line(of, is.toFixed(2), `<= ${most}`) + (is <= most ? "" : "  missed"))
  return rows.every(({ is, most }) => is <= most)
}

function line(name, ...columns) {
  return name.padEnd(54) + columns.map((column) => String(column).padStart(9)).join("")
}

/** NaN for no values. */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
