export interface Destination {
  address: string;
  /** What it is called: a host, or the scheme of an app on this device. */
  place: string;
}

// The schemes that native apps may register (RFC 8252 section 7.1): a name of theirs turned round.
const OF_AN_APP = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;

/** Where an application wants the person after signing out; null for our own pages, and for what is no place to go to. */
export function destinationOf(wanted: string | null): Destination | null {
  if (wanted === null || !URL.canParse(wanted)) return null;
  const { protocol, host, origin, href } = new URL(wanted);
  if (origin === globalThis.location.origin) return null;
  if (protocol === 'https:' || protocol === 'http:') return { address: href, place: host };
  return OF_AN_APP.test(protocol) ? { address: href, place: protocol.slice(0, -1) } : null;
}
