import * as z from 'zod/mini';

// What the server takes at most, in characters.
const EMAIL = 254;
const NAME = 200;
const PASSWORD = 256;

/** An address as far as a browser can tell; whether it exists only a mail tells. */
export function email(message: string) {
  return z.string().check(z.trim(), z.maxLength(EMAIL, message), z.regex(/^[^\s@]+@[^\s@]+$/, message));
}

export function password(message: string) {
  return z.string().check(z.minLength(1, message), z.maxLength(PASSWORD, message));
}

export function displayName(message: string) {
  return z.string().check(z.trim(), z.minLength(1, message), z.maxLength(NAME, message));
}
