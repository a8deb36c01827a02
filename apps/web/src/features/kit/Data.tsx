import {
  Avatar, Badge, Breadcrumbs, Card, Cell, Column, LoadMore, Pagination, ProgressBar, ProgressRing, Row, Tab, Table, TableBody, TableHeader, TabList,
  TabPanel, Tabs,
} from '@lyceum/ui';
import { Check } from 'lucide-react';

import { Specimen } from './Specimen';

const people = [
  { id: '1', name: 'Ada Lovelace', done: 100, state: 'finished' },
  { id: '2', name: 'عمر الخيام', done: 64, state: 'active' },
  { id: '3', name: 'Grace Hopper', done: 0, state: 'invited' },
];

export function Data() {
  return (
    <Specimen title="Data">
      <Breadcrumbs crumbs={[{ href: '/', title: 'Courses' }, { href: '/kit', title: 'Modern physics' }, { href: null, title: 'Waves' }]} />
      <div className="flex flex-wrap items-center gap-3">
        <Badge>Draft</Badge>
        <Badge tone="accent">New</Badge>
        <Badge tone="ok" icon={<Check size={14} aria-hidden />}>
          Done
        </Badge>
        <Badge tone="warn">Due today</Badge>
        <Badge tone="bad">Failed</Badge>
        <Avatar name="Ada Lovelace" size="sm" />
        <Avatar name="عمر الخيام" />
        <ProgressRing label="Modern physics" value={64} />
        <ProgressRing label="Waves" value={100} />
        <ProgressRing label="Light" value={25} size={28} />
      </div>
      <div className="grid gap-6 md:grid-cols-2">
        <Card className="flex flex-col gap-4 p-6">
          <h3 className="text-xl">Modern physics</h3>
          <ProgressBar label="Your progress" value={64} />
          <ProgressBar label="Upload" value={null} />
          <ProgressBar label="Import" value={100} />
        </Card>
        <Tabs>
          <TabList label="Parts of the course">
            <Tab id="outline">Outline</Tab>
            <Tab id="people">People</Tab>
            <Tab id="versions">Versions</Tab>
          </TabList>
          <TabPanel id="outline">Six sections, about nine hours.</TabPanel>
          <TabPanel id="people">Three learners.</TabPanel>
          <TabPanel id="versions">Two versions.</TabPanel>
        </Tabs>
      </div>
      <Table label="Learners" selectionMode="none" sortDescriptor={{ column: 'name', direction: 'ascending' }}>
        <TableHeader>
          <Column id="name" isRowHeader allowsSorting>
            Name
          </Column>
          <Column>State</Column>
          <Column align="end">Progress</Column>
        </TableHeader>
        <TableBody items={people}>
          {({ id, name, done, state }) => (
            <Row id={id}>
              <Cell>
                <span dir="auto">{name}</span>
              </Cell>
              <Cell>
                <Badge tone={state === 'finished' ? 'ok' : 'plain'}>{state}</Badge>
              </Cell>
              <Cell align="end">{done} %</Cell>
            </Row>
          )}
        </TableBody>
      </Table>
      <Pagination hasPrevious={false} hasNext onPrevious={() => undefined} onNext={() => undefined} summary="1–25 of 120" />
      <LoadMore hasMore isLoading={false} onLoad={() => undefined} />
    </Specimen>
  );
}
