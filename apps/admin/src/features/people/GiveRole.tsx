import { allItems, isApiProblem } from '@lyceum/api-client';
import { useAssignRoleMutation, useListRolesQuery, type ScopeKind } from '@lyceum/api-client/auth';
import { useBrowseCoursesInfiniteQuery } from '@lyceum/api-client/course';
import { useListOrganisationsQuery, type Account } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { Button, Dialog, DialogTrigger, Form, Notice, Option, Radio, RadioGroup, Select, toast } from '@lyceum/ui';
import { Plus } from 'lucide-react';
import { useState } from 'react';

const ALL = 100;
const SCOPES: readonly ScopeKind[] = ['platform', 'organisation', 'course'];

/** A dialog that gives a role on the platform, in an organisation or in a course. */
export function GiveRole({ person }: { person: Account }) {
  const { t } = useTranslation('people');
  return (
    <DialogTrigger>
      <Button icon={<Plus size={18} aria-hidden />}>{t('roles.give')}</Button>
      <Dialog title={t('roles.give-title', { name: person.display_name })}>{(close) => <RoleForm person={person} close={close} />}</Dialog>
    </DialogTrigger>
  );
}

function RoleForm({ person, close }: { person: Account; close: () => void }) {
  const { t } = useTranslation('people');
  const [role, setRole] = useState<string | null>(null);
  const [scope, setScope] = useState<ScopeKind>('platform');
  const [place, setPlace] = useState<string | null>(null);
  const roles = useListRolesQuery({ limit: ALL });
  const [assign, { isLoading, error }] = useAssignRoleMutation();
  const isComplete = role !== null && (scope === 'platform' || place !== null);
  const send = async () => {
    if (role === null) return;
    const request = { user_id: person.id, role, scope, scope_id: scope === 'platform' ? null : place };
    await assign({ assignmentRequest: request }).unwrap();
    toast({ tone: 'ok', title: t('roles.done') });
    close();
  };
  return (
    <Form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void send().catch(() => undefined); // the notice below says why
      }}
    >
      {error !== undefined && (
        <Notice tone="bad" title={t('refused')}>
          {isApiProblem(error) && <p>{error.detail}</p>}
        </Notice>
      )}
      <Select label={t('roles.role')} placeholder={t('roles.choose')} items={roles.currentData?.items ?? []} value={role} onChange={(key) => setRole(key === null ? null : String(key))}>
        {({ name, title }) => <Option id={name}>{title}</Option>}
      </Select>
      <RadioGroup
        label={t('roles.where')}
        value={scope}
        onChange={(value) => {
          setScope(value as ScopeKind);
          setPlace(null);
        }}
      >
        {SCOPES.map((one) => (
          <Radio key={one} value={one}>
            {t(`scope.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      {scope === 'organisation' && <Organisation value={place} onChange={setPlace} />}
      {scope === 'course' && <Course value={place} onChange={setPlace} />}
      <Button type="submit" variant="primary" isDisabled={!isComplete} isPending={isLoading} className="self-end">
        {t('roles.give')}
      </Button>
    </Form>
  );
}

interface PlaceProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

function Organisation({ value, onChange }: PlaceProps) {
  const { t } = useTranslation('people');
  const { currentData } = useListOrganisationsQuery({ limit: ALL });
  return <Place label={t('scope.organisation')} items={currentData?.items.map(({ id, name }) => ({ id, name })) ?? []} value={value} onChange={onChange} />;
}

function Course({ value, onChange }: PlaceProps) {
  const { t } = useTranslation('people');
  const { currentData } = useBrowseCoursesInfiniteQuery();
  return <Place label={t('scope.course')} items={allItems(currentData).map(({ id, title }) => ({ id, name: title }))} value={value} onChange={onChange} />;
}

function Place({ label, items, value, onChange }: PlaceProps & { label: string; items: { id: string; name: string }[] }) {
  const { t } = useTranslation('people');
  return (
    <Select label={label} placeholder={t('roles.choose')} items={items} value={value} onChange={(key) => onChange(key === null ? null : String(key))}>
      {({ id, name }) => <Option id={id}>{name}</Option>}
    </Select>
  );
}
