import type { cloneAssistant, createAssistant, deleteAssistant } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Copy, Mic, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { when } from '../format.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { sure } from '../ui/confirm.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Badge, Empty, Failure, Loading, Page } from '../ui/surface.tsx';
import { Table } from '../ui/table.tsx';
import { assistantsQuery } from './assistants.queries.ts';

const TEMPLATES = ['inbound-support', 'outbound-setter', 'follow-up', 'custom'] as const;

export function Assistants() {
  const { slug } = useParams({ from: '/home/$slug/assistants' });
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(assistantsQuery(slug));
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: [slug, 'assistants'] });
  const fail = (problem: Error) => toast.error(problem.message);
  const clone = useMutation({
    mutationFn: (id: string) => request<typeof cloneAssistant>('POST', `/api/assistants/${id}/clone`, { body: { accountSlug: slug } }),
    onSuccess: fresh,
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: (id: string) => request<typeof deleteAssistant>('DELETE', `/api/assistants/${id}`),
    onSuccess: fresh,
    onError: fail,
  });

  return (
    <Page
      title={t('assistants.title')}
      about={t('assistants.about')}
      actions={
        <Button kind="main" onClick={() => setMaking(true)}>
          <Plus aria-hidden /> {t('assistants.new')}
        </Button>
      }
    >
      {isPending && <Loading />}
      {error && <Failure error={error} retry={refetch} />}
      {data?.assistants.length === 0 && (
        <Empty
          title={t('assistants.empty')}
          action={
            <Button kind="main" onClick={() => setMaking(true)}>
              {t('assistants.new')}
            </Button>
          }
        >
          {t('assistants.emptyAbout')}
        </Empty>
      )}
      {data && data.assistants.length > 0 && (
        <Table
          label={t('assistants.title')}
          rows={data.assistants}
          columns={[
            {
              title: t('name'),
              cell: (row) => (
                <Link
                  to="/home/$slug/assistants/$assistantId"
                  params={{ slug, assistantId: row.id }}
                  className="font-medium hover:underline"
                >
                  {row.name}
                </Link>
              ),
            },
            { title: t('assistants.model'), wide: true, cell: (row) => <Badge>{row.provider === 'local' ? 'local' : row.model}</Badge> },
            { title: t('assistants.voice'), wide: true, cell: (row) => row.voice_name ?? row.voice_provider },
            { title: t('created'), wide: true, cell: (row) => when(row.created_at) },
            {
              title: t('actions'),
              end: true,
              cell: (row) => (
                <span className="inline-flex gap-1">
                  <Link
                    to="/home/$slug/talk"
                    params={{ slug }}
                    search={{ assistant: row.id }}
                    className={buttonLook({ kind: 'quiet', size: 'icon' })}
                    aria-label={`${t('assistants.talk')}: ${row.name}`}
                  >
                    <Mic aria-hidden />
                  </Link>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('assistants.clone')}: ${row.name}`}
                    onClick={() => clone.mutate(row.id)}
                  >
                    <Copy aria-hidden />
                  </Button>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`${t('delete')}: ${row.name}`}
                    onClick={async () => (await sure(t('assistants.deleteSure', { name: row.name }), t('delete'))) && remove.mutate(row.id)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      <NewAssistant open={making} onOpenChange={setMaking} />
    </Page>
  );
}

function NewAssistant({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { slug } = useParams({ from: '/home/$slug/assistants' });
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [templateId, setTemplate] = useState<(typeof TEMPLATES)[number]>('inbound-support');
  const create = useMutation({
    mutationFn: () => request<typeof createAssistant>('POST', '/api/assistants', { body: { accountSlug: slug, name, templateId } }),
    onSuccess: async ({ assistant }) => {
      await queries.invalidateQueries({ queryKey: [slug, 'assistants'] });
      await navigate({ to: '/home/$slug/assistants/$assistantId', params: { slug, assistantId: assistant.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('assistants.new')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField label={t('name')} value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} autoFocus />
        <SelectField
          label={t('assistants.template')}
          value={templateId}
          onChange={(event) => setTemplate(event.target.value as typeof templateId)}
          options={TEMPLATES.map((value) => ({ value, label: t(`assistants.templates.${value}`) }))}
        />
        {create.error && <Failure error={create.error} />}
        <Button kind="main" type="submit" busy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Dialog>
  );
}
