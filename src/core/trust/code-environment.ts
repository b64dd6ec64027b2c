// What programs need to run at all, on every system. No token, no password, no setting of another tool.
const PASSED = /^(PATH|PATHEXT|SYSTEMROOT|COMSPEC|WINDIR|TEMP|TMP|TMPDIR|LANG|LANGUAGE|LC_[A-Z]+|TZ)$/i

type Environment = Readonly<Record<string, string | undefined>>

/** The environment that code of a template gets: what every program needs, and nothing of the user's. */
export function codeEnvironment(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && PASSED.test(name) ? [[name, value]] : [],
    ),
  )
}
