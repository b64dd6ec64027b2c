/** Something that the person at the keyboard can mend. Shown as it is, without a stack. */
export class SetupProblem extends Error {
  /**
   * @param {string} what happened
   * @param {string} remedy what to do about it
   * @param {string} [details] output of the command that failed
   */
  constructor(what, remedy, details = "") {
    super(what)
    this.remedy = remedy
    this.details = details
  }
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|name resolution|getaddrinfo|NewConnectionError|ConnectTimeout|Read timed out|Network is unreachable|Cannot connect to proxy/i

/** Reads in the output of npm or pip what is wrong. */
export function remedyFor(output) {
  if (/ENOSPC|No space left on device/i.test(output))
    return "The disk is full: make room (about 1 GB), then run the same command again."
  if (/EBADENGINE/.test(output)) return "This version of Node is too old for a package: install Node 20.19 or newer."
  if (/CERT_|SELF_SIGNED|CERTIFICATE_VERIFY_FAILED|unable to get local issuer/i.test(output))
    return "The registry's certificate is not trusted. Behind a company's proxy, set NODE_EXTRA_CA_CERTS and PIP_CERT to its certificate."
  if (NETWORK.test(output))
    return "The package registry could not be reached. Check the network (or the registry and proxy settings of npm and pip), then run the same command again; what is done already is kept."
  if (/EACCES|Permission denied/i.test(output))
    return "A file may not be written: check who owns this folder and your cache folders."
  return "Run the same command again; if it fails in the same way, the output above tells why."
}
