import { classes } from '../classes';

/**
 * HTML that authors wrote. Give it only what the API answered: the server sanitises it, this does not. Its direction
 * follows its own first letters, whatever the language of the page.
 */
export function RichText({ html, className }: { html: string; className?: string }) {
  return <div dir="auto" className={classes('prose', className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
