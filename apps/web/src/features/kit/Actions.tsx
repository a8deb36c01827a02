import {
  AlertDialog, Button, Dialog, DialogTrigger, IconButton, Link, LinkButton, Menu, MenuItem, MenuSeparator, TextField, toast, Tooltip,
} from '@lyceum/ui';
import { ArrowRight, Copy, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';

import { Specimen } from './Specimen';

const row = 'flex flex-wrap items-center gap-3';

export function Actions() {
  return (
    <Specimen title="Actions">
      <div className={row}>
        <Button variant="primary">Publish</Button>
        <Button icon={<Plus size={18} aria-hidden />}>New course</Button>
        <Button variant="quiet">Cancel</Button>
        <Button variant="danger">Remove</Button>
        <Button variant="primary" isPending>
          Saving
        </Button>
        <Button isDisabled>Not now</Button>
      </div>
      <div className={row}>
        <LinkButton variant="primary" size="lg" href="/kit">
          Continue the course
          <ArrowRight size={20} aria-hidden className="rtl:rotate-180" />
        </LinkButton>
        <p>
          Running text with <Link href="/kit">a link in it</Link>.
        </p>
      </div>
      <div className={row}>
        <Menu
          trigger={
            <IconButton label="More" variant="secondary">
              <Ellipsis size={20} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil size={18} aria-hidden />}>Rename</MenuItem>
          <MenuItem icon={<Copy size={18} aria-hidden />}>Copy</MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={18} aria-hidden />} tone="bad">
            Remove
          </MenuItem>
        </Menu>
        <Tooltip text="Shown on hover and focus">
          <Button>Tooltip</Button>
        </Tooltip>
        <DialogTrigger>
          <Button>Dialog</Button>
          <Dialog
            title="Rename the lesson"
            footer={(close) => (
              <>
                <Button onPress={close}>Cancel</Button>
                <Button variant="primary" onPress={close}>
                  Rename
                </Button>
              </>
            )}
          >
            <TextField label="Title" defaultValue="Waves and particles" />
          </Dialog>
        </DialogTrigger>
        <DialogTrigger>
          <Button variant="danger">Ask first</Button>
          <AlertDialog title="Remove this lesson?" action="Remove" tone="danger" onAction={(close) => close()}>
            Its three pages go with it. Published versions keep them.
          </AlertDialog>
        </DialogTrigger>
        <Button onPress={() => toast({ tone: 'ok', title: 'Saved', detail: 'All changes are on the server.' })}>Toast</Button>
        <Button onPress={() => toast({ tone: 'bad', title: 'It was not saved', detail: 'Somebody else changed it in the meantime.' })}>Bad toast</Button>
      </div>
    </Specimen>
  );
}
