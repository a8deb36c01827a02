/** What an author decides about a quiz, as the API takes and gives it. */
export interface QuizContent {
  title: string;
  introduction: string;
  sections: QuizSection[];
  settings: QuizSettings;
}

export interface QuizSection {
  title: string;
  introduction: string;
  entries: Entry[];
  shuffle_items: boolean;
  shuffle_options: boolean;
}

export type Entry = { kind: 'item'; item_id: string } | { kind: 'draw'; bank_id: string; count: number };

export interface QuizSettings {
  mode: 'practice' | 'quiz';
  timing: { opens_at: string | null; closes_at: string | null; time_limit: number | null; grace: number };
  attempts: { limit: number | null; delay: number; check_limit: number | null };
  review: { during: string[]; immediately_after: string[]; while_open: string[]; after_close: string[] };
  pass_threshold: string | null;
}

const EVERYTHING = ['responses', 'correctness', 'score', 'key', 'feedback', 'explanation'];

export function itemEntry(itemId: string): Entry {
  return { kind: 'item', item_id: itemId };
}

/** The content of a new quiz with one question or one draw, which is checked at once. */
export function practiceOf(title: string, entry: Entry) {
  return {
    title,
    sections: [{ entries: [entry] }],
    settings: { mode: 'practice', review: { during: EVERYTHING } },
  };
}

/** The settings in another mode: practice tells at once how good an answer is, a quiz never before its end. */
export function inMode(settings: QuizSettings, mode: QuizSettings['mode']): QuizSettings {
  const isPractice = mode === 'practice';
  return {
    ...settings,
    mode,
    review: { ...settings.review, during: isPractice ? EVERYTHING : [] },
    attempts: { ...settings.attempts, check_limit: isPractice ? settings.attempts.check_limit : null },
  };
}

/** The content with another question, or a draw of some, at its end. */
export function withEntry(content: QuizContent, entry: Entry): QuizContent {
  const last = content.sections.at(-1);
  if (!last) return { ...content, sections: [{ title: '', introduction: '', entries: [entry], shuffle_items: false, shuffle_options: true }] };
  return { ...content, sections: [...content.sections.slice(0, -1), { ...last, entries: [...last.entries, entry] }] };
}

/** The content without one of its entries. */
export function withoutEntry(content: QuizContent, section: number, entry: number): QuizContent {
  return {
    ...content,
    sections: content.sections.map((one, index) => (index === section ? { ...one, entries: one.entries.filter((_, at) => at !== entry) } : one)),
  };
}

/** The content with another number of questions that one of its draws takes. */
export function withCount(content: QuizContent, section: number, entry: number, count: number): QuizContent {
  return {
    ...content,
    sections: content.sections.map((one, index) => (index === section ? { ...one, entries: one.entries.map((each, at) => (at === entry && each.kind === 'draw' ? { ...each, count } : each)) } : one)),
  };
}

/** The content with an entry one place up (-1) or down (1) in its section. */
export function withStep(content: QuizContent, section: number, entry: number, step: -1 | 1): QuizContent {
  return {
    ...content,
    sections: content.sections.map((one, index) => {
      if (index !== section) return one;
      const entries = [...one.entries];
      entries.splice(entry + step, 0, ...entries.splice(entry, 1));
      return { ...one, entries };
    }),
  };
}
