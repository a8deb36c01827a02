/** What the kinds of blocks hold, as the API takes and gives it. */
export interface TextContent {
  kind: 'rich_text';
  html: string;
}

export interface VideoSource {
  kind: 'youtube' | 'url' | 'asset';
  value: string;
}

export interface Caption {
  language: string;
  asset: string;
}

export interface VideoContent {
  kind: 'video';
  sources: VideoSource[];
  captions: Caption[];
  transcript: string | null;
  duration_seconds: number | null;
}

export interface ProblemContent {
  kind: 'problem';
  quiz_id: string | null;
}

export interface FileContent {
  kind: 'file';
  asset: string;
}

export interface EmbedContent {
  kind: 'embed';
  url: string;
  presentation: 'frame' | 'link';
}

export type Content = TextContent | VideoContent | ProblemContent | FileContent | EmbedContent;
