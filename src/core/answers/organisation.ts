/** Providers whose domain says nothing about an organisation, for a host with a dot behind it. */
export const PUBLIC_MAIL =
  /(^|\.)(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|gmx|web|proton|protonmail|example|localhost)\.|noreply/

/** The owner in a git URL: git@host:acme/x.git, https://host/acme/x. */
export function ownerOf(origin: string): string | undefined {
  return /^(?:[a-z+]+:\/\/[^/]+\/|[^/@\s]+@[^/:]+:)([^/]+)\/[^/]+/.exec(origin)?.[1]
}

/** acme of mail.acme.com, and of acme.co.uk. */
export function organisationOf(host: string): string | undefined {
  const [last, above] = host.split(".").slice(0, -1).toReversed()
  return last !== undefined && /^(co|com|org|net|ac|gov|edu)$/.test(last) ? above : last
}
