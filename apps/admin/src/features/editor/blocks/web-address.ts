/** Whether a text is an address that the API takes: http or https, with a host. */
export function isWebAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text.trim());
    return (protocol === 'https:' || protocol === 'http:') && hostname !== '';
  } catch {
    return false;
  }
}

/** The id of a video on YouTube, by any of its addresses or by itself; null for anything else. */
export function youtubeId(text: string): string | null {
  const id = /^(?:https?:\/\/)?(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)([\w-]{11})/.exec(text.trim())?.[1];
  return id ?? (/^[\w-]{11}$/.test(text.trim()) ? text.trim() : null);
}
