export const outcomes = ['imported', 'changed', 'dropped'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of one thing of an archive. `reason` says why, empty where nothing needs a word. */
export interface LossItem {
  source: string;
  kind: string;
  outcome: Outcome;
  reason: string;
}

export interface LossReport {
  counts: Record<string, Record<Outcome | 'total', number>>;
  items: LossItem[];
}

/** What the list is narrowed to. `lost` is what is not there as it was: changed or dropped. */
export interface ReportFilter {
  outcome: Outcome | 'lost' | 'all';
  /** Empty for all. */
  kind: string;
  text: string;
}

export function matching({ items }: LossReport, { outcome, kind, text }: ReportFilter): LossItem[] {
  const wanted = text.trim().toLocaleLowerCase();
  return items.filter(
    (item) =>
      (outcome === 'all' || (outcome === 'lost' ? item.outcome !== 'imported' : item.outcome === outcome)) &&
      (kind === '' || item.kind === kind) &&
      (wanted === '' || item.source.toLocaleLowerCase().includes(wanted) || item.reason.toLocaleLowerCase().includes(wanted)),
  );
}
