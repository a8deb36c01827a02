import { assetAddress } from '@lyceum/api-client/course';

import { assetPath } from '../text/markup';

const IN_ATTRIBUTE = /(\s(?:href|src|poster)=")((?:asset|node):[^"'<>]*)(")/gi;

/** A text of the server with its references to files of the course as addresses; those to other parts lead nowhere here. */
export function withAddresses(courseId: string, html: string): string {
  return html.replace(IN_ATTRIBUTE, (_whole, before: string, reference: string, after: string) => {
    const path = assetPath(reference);
    return `${before}${path === null ? '#' : assetAddress(courseId, path)}${after}`;
  });
}
