// What YAML 1.1 or 1.2 reads as something else than a string when it stands without quotes.
const NO_STRING = new RegExp(
  [
    "~|null|true|false|yes|no|on|off|y|n|<<|=",
    "[-+]?(?:0|[1-9][0-9_]*|0[0-9_]+|0o[0-7]+|0b[01_]+|0x[0-9a-f_]+)(?::[0-5]?[0-9])*",
    "[-+]?(?:\\.[0-9_]+|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:e[-+]?[0-9]+)?",
    "[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?",
    "[-+]?\\.inf|\\.nan|\\d{4}-\\d\\d?-\\d\\d?.*",
  ].join("|"),
  "i",
)
const TRAP = new RegExp(`^(?:${NO_STRING.source})?$`, "i")

/**
 * The meaning of a scalar: equal for `a`, `'a'` and `"a"`, which are strings for every YAML version; by its spelling
 * for all that some version reads as something else, so that `1.10` is neither `1.1` nor `"1.10"`, and `on` not `true`.
 */
export function scalarCanon(value: string, quoted: boolean): string {
  return !quoted && TRAP.test(value) ? `p:${value}` : `s:${value}`
}

/** Whether a text can stand without quotes anywhere, and is the string that it spells for every YAML version. */
export function isBareString(text: string): boolean {
  return /^[\w./][\w./@+~-]*$/.test(text) && !TRAP.test(text)
}
