export interface Requirement {
  readonly id: string
  /** As written, with what is in front of it. */
  readonly name: string
  /** Extras, version and marker. */
  readonly rest: string
}

/** Splits `dbt-core[x]>=1.0; marker` behind the name; the id is the name as PEP 503 normalises it, or the text. */
export function splitRequirement(text: string): Requirement {
  const name = /^\s*[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?=\s*(?:$|[[(<>=!~;@\\]))/.exec(text)?.[0]
  if (name === undefined) return { id: text.trim(), name: text, rest: "" }
  return {
    id: name
      .trim()
      .toLowerCase()
      .replace(/[-_.]+/g, "-"),
    name,
    rest: text.slice(name.length),
  }
}
