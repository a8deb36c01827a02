import { firstLetter } from '@lyceum/i18n';

import { classes } from '../classes';

const sizes = { sm: 'size-8 text-xs', md: 'size-11 text-base', lg: 'size-16 text-xl' };

/**
 * The initials of a person, beside the name: it tells nothing to those who don't see it. They are drawn by the style, since a text
 * in a button is taken for its label by those who say what to press.
 */
export function Avatar({ name, size = 'md' }: { name: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={classes('inline-grid shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-accent select-none before:content-[attr(data-initials)]', sizes[size])}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => firstLetter(word ?? '').toLocaleUpperCase()).join('');
}
