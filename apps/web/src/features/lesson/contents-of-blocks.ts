import type { BlockView } from '@lyceum/api-client/course';

export interface VideoContent {
  sources: { kind: 'youtube' | 'url' | 'asset'; value: string }[];
  captions: { language: string; asset: string }[];
  transcript: string | null;
  duration_seconds: number | null;
}

// What blocks hold depends on their kind; the API's document says only that it is an object.
export const htmlOf = ({ content }: BlockView): string => (content as { html: string }).html;
export const quizOf = ({ content }: BlockView): string | null => (content as { quiz_id: string | null }).quiz_id;
export const fileOf = ({ content }: BlockView): string => (content as { asset: string }).asset;
export const embedOf = ({ content }: BlockView) => content as { url: string; presentation: 'frame' | 'link' };
export const videoOf = ({ content }: BlockView): VideoContent => content as VideoContent;
