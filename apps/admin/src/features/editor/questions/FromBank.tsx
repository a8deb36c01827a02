import { useBrowseBankItemsInfiniteQuery, useBrowseBanksInfiniteQuery, type BankView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, Choice, IconButton, List, NumberField, SearchField } from '@lyceum/ui';
import { ArrowLeft, Check, ChevronRight, Dices, Library, Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';

import { paragraphs } from '../text/markup';
import { itemTypes, type Item, type ItemType } from './items';
import { itemEntry, type Entry } from './quizzes';

interface FromBankProps {
  courseId: string;
  /** The questions that the quiz has already. */
  taken: ReadonlySet<string>;
  /** Resolves to whether the quiz took it; if not, that was said. */
  onTake: (entry: Entry) => Promise<boolean>;
  onClose: () => void;
}

/** Questions that are in a bank already: to be taken one by one, or some of them at random. */
export function FromBank({ courseId, taken, onTake, onClose }: FromBankProps) {
  const { t } = useTranslation('editor');
  const [bank, setBank] = useState<BankView | null>(null);
  return (
    <Card as="section" className="flex flex-col gap-4 p-4 sm:p-5">
      <header className="flex items-start gap-3">
        <h3 className="min-w-0 grow pt-1.5 text-xl">{bank === null ? t('bank.title') : <bdi>{bank.title}</bdi>}</h3>
        <IconButton label={t('bank.close')} onPress={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      {bank === null ? <Banks courseId={courseId} onChoose={setBank} /> : <Bank key={bank.id} bank={bank} taken={taken} onTake={onTake} onBack={() => setBank(null)} />}
    </Card>
  );
}

function Banks({ courseId, onChoose }: { courseId: string; onChoose: (bank: BankView) => void }) {
  const { t } = useTranslation('editor');
  const [text, setText] = useState('');
  const q = useSettled(text.trim());
  const query = useBrowseBanksInfiniteQuery({ courseId, ...(q === '' ? {} : { q }) });
  return (
    <>
      <SearchField label={t('bank.search')} placeholder={t('bank.search')} maxLength={100} value={text} onChange={setText} className="max-w-md" />
      <div>
        <List query={query} skeleton={{ rows: 3, row: 'h-15', of: 'table' }} empty={{ icon: <Library size={32} strokeWidth={1.5} aria-hidden />, title: q === '' ? t('bank.none') : t('bank.not-found'), detail: t('bank.none-detail') }}>
          {(banks) => (
            <ul aria-label={t('bank.title')} className="divide-y divide-line rounded-md border border-line">
              {banks.map((bank) => (
                <li key={bank.id}>
                  <Button variant="quiet" className="w-full justify-start! text-start! whitespace-normal! [&>span]:grow" onPress={() => onChoose(bank)}>
                    <span className="flex min-w-0 grow items-center gap-3 py-1.5">
                      <span className="min-w-0 grow">
                        <bdi className="block">{bank.title}</bdi>
                        <span className="block text-sm font-normal text-ink-2">{t('bank.count', { count: bank.items })}</span>
                      </span>
                      <ChevronRight size={18} aria-hidden className="shrink-0 text-ink-2 rtl:rotate-180" />
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </List>
      </div>
    </>
  );
}

interface BankProps {
  bank: BankView;
  taken: ReadonlySet<string>;
  onTake: (entry: Entry) => Promise<boolean>;
  onBack: () => void;
}

function Bank({ bank, taken, onTake, onBack }: BankProps) {
  const { t } = useTranslation('editor');
  const [text, setText] = useState('');
  const [type, setType] = useState<ItemType | ''>('');
  const [adding, setAdding] = useState<string | null>(null);
  const [news, setNews] = useState('');
  const q = useSettled(text.trim());
  const query = useBrowseBankItemsInfiniteQuery({ bankId: bank.id, ...(q === '' ? {} : { q }), ...(type === '' ? {} : { type }) });
  const take = async (id: string, title: string) => {
    setAdding(id);
    if (await onTake(itemEntry(id))) setNews(t('bank.taken', { title }));
    setAdding(null);
  };
  return (
    <>
      <Button variant="quiet" icon={<ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />} className="-ms-3 self-start" onPress={onBack}>
        {t('bank.back')}
      </Button>
      {bank.items > 0 && <DrawForm bank={bank} onTake={onTake} onTaken={() => setNews(t('bank.drawn', { title: bank.title }))} />}
      <div className="flex flex-wrap items-end gap-3">
        <SearchField label={t('bank.find')} placeholder={t('bank.find')} maxLength={100} value={text} onChange={setText} className="min-w-52 grow" />
        <Choice
          label={t('bank.type')}
          hideLabel
          options={[['', t('bank.type-any')], ...itemTypes.map((one) => [one, t(`question.type.${one}`)] as const)]}
          value={type}
          onChange={(id) => setType(itemTypes.find((one) => one === id) ?? '')}
          className="w-52"
        />
      </div>
      <div>
        <List
          query={query}
          skeleton={{ rows: 5, row: 'h-15', of: 'table' }}
          empty={{ icon: <Library size={32} strokeWidth={1.5} aria-hidden />, title: t('bank.empty'), detail: t('bank.empty-detail') }}
          onClear={
            (q !== '' || type !== '') &&
            (() => {
              setText('');
              setType('');
            })
          }
        >
          {(items) => (
            <ul aria-label={bank.title} className="divide-y divide-line rounded-md border border-line">
              {items.map(({ id, content }) => {
                const item = content as Item;
                const title = item.title || paragraphs(item.prompt).join(' ');
                return (
                  <li key={id} className="flex items-center gap-3 py-2 ps-4 pe-2">
                    <span className="min-w-0 grow">
                      <span dir="auto" className="line-clamp-2">
                        {title}
                      </span>
                      <span className="block text-sm text-ink-2">{t(`question.type.${item.type}`)}</span>
                    </span>
                    {taken.has(id) ? (
                      <span className="flex shrink-0 items-center gap-1.5 px-3 text-sm text-ok">
                        <Check size={16} aria-hidden />
                        {t('bank.there')}
                      </span>
                    ) : (
                      <Button icon={<Plus size={18} aria-hidden />} aria-label={t('bank.add-label', { title })} isPending={adding === id} onPress={() => void take(id, title)}>
                        {t('bank.add')}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
        </List>
        <p role="status" className="sr-only">
          {news}
        </p>
      </div>
    </>
  );
}

function DrawForm({ bank, onTake, onTaken }: { bank: BankView; onTake: BankProps['onTake']; onTaken: () => void }) {
  const { t } = useTranslation('editor');
  const [count, setCount] = useState(1);
  const [isTaking, setTaking] = useState(false);
  const take = async () => {
    setTaking(true);
    if (await onTake({ kind: 'draw', bank_id: bank.id, count })) onTaken();
    setTaking(false);
  };
  return (
    <div role="group" aria-label={t('bank.draw')} className="flex flex-col gap-3 rounded-md bg-sunken p-4">
      <div>
        <p className="font-medium">{t('bank.draw')}</p>
        <p className="text-sm text-ink-2">{t('bank.draw-note')}</p>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <NumberField label={t('bank.draw-count')} minValue={1} maxValue={bank.items} value={count} onChange={(number) => setCount(Number.isNaN(number) ? 1 : Math.round(number))} />
        <Button icon={<Dices size={18} aria-hidden />} isPending={isTaking} onPress={() => void take()}>
          {t('bank.draw-action')}
        </Button>
      </div>
    </div>
  );
}

// Milliseconds without another letter, before it is asked for.
const PAUSE = 300;

/** What is typed, once it stays as it is. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
