/** The words of an option, where no markup can be shown. */
export function plain(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent;
}
