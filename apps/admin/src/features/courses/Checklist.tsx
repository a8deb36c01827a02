import type { CheckResult } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge, Card, Link } from '@lyceum/ui';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';

// What is looked at before publishing, each with the codes of what can be found.
const checks = {
  content: ['empty', 'no-content'],
  questions: ['no-quiz'],
  links: ['dead-link'],
  files: ['missing-asset'],
  order: ['requires-itself', 'requires-hidden', 'too-few-children'],
} as const;
type Check = keyof typeof checks | 'other';

const icons = {
  ok: <CircleCheck size={20} aria-hidden className="mt-0.5 shrink-0 text-ok" />,
  warning: <TriangleAlert size={20} aria-hidden className="mt-0.5 shrink-0 text-warn" />,
  error: <CircleAlert size={20} aria-hidden className="mt-0.5 shrink-0 text-bad" />,
};

/** What is looked at before publishing, with what was found and the way there. */
export function Checklist({ courseId, findings }: { courseId: string; findings: CheckResult[] }) {
  const { t } = useTranslation('courses');
  const known = Object.entries(checks) as [keyof typeof checks, readonly string[]][];
  const codes = new Set(known.flatMap(([, own]) => own));
  const lines: [Check, CheckResult[]][] = known.map(([check, own]) => [check, findings.filter(({ code }) => own.includes(code))]);
  const others = findings.filter(({ code }) => !codes.has(code));
  if (others.length > 0) lines.push(['other', others]);
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-lg">{t('publish.checks')}</h3>
      <Card>
        <ul className="divide-y divide-line">
          {lines.map(([check, found]) => (
            <Line key={check} courseId={courseId} check={check} found={found} />
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Line({ courseId, check, found }: { courseId: string; check: Check; found: CheckResult[] }) {
  const { t } = useTranslation('courses');
  const state = found.some(({ severity }) => severity === 'error') ? 'error' : found.length > 0 ? 'warning' : 'ok';
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      {icons[state]}
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{t(`check.${check}`)}</span>
          {state === 'ok' ? <span className="text-sm text-ink-2">{t('check.ok')}</span> : <Badge tone={state === 'error' ? 'bad' : 'warn'}>{t(`severity.${state}`)}</Badge>}
        </p>
        {found.length > 0 && (
          <ul className="mt-2 flex flex-col gap-1.5">
            {found.map(({ code, detail, node_id: node }, index) => (
              <li key={`${code} ${node ?? ''} ${index}`}>
                <span dir="auto">{detail}</span>{' '}
                {node !== null && <Link href={`/courses/${courseId}/edit?node=${node}`}>{t('check.show')}</Link>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
