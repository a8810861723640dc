import type { updateAccount } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { type Session, sessionQuery } from '../identity/session.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Badge, Card, Failure, Loading, Page } from '../ui/surface.tsx';
import { NewWorkspace } from './new-workspace.tsx';

type Account = Session['accounts'][number];

export function WorkspaceSettings() {
  const { slug } = useParams({ from: '/home/$slug/settings/workspace' });
  const { create } = useSearch({ from: '/home/$slug/settings/workspace' });
  const navigate = useNavigate({ from: '/home/$slug/settings/workspace' });
  const { t } = useTranslation();
  const { data } = useQuery(sessionQuery);
  const account = data?.accounts.find((candidate) => candidate.slug === slug);
  if (!data || !account) return <Loading />;
  return (
    <Page
      title={t('workspace')}
      about={t('workspaceSettings.about')}
      actions={
        <Button onClick={() => navigate({ search: { create: true } })}>
          <Plus aria-hidden /> {t('workspaceSettings.new')}
        </Button>
      }
    >
      <Card title={account.name}>
        <dl className="mb-5 grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
          {(
            [
              [t('workspaceSettings.slug'), account.slug],
              [t('workspaceSettings.plan'), account.plan],
              [t('workspaceSettings.accountId'), account.id],
              [t('workspaceSettings.teamId'), account.team_id],
            ] as const
          ).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd>
                <code className="break-all">{value}</code>
              </dd>
            </div>
          ))}
        </dl>
        {account.role !== 'member' && <Rename key={account.id} account={account} />}
      </Card>
      <Card title={t('workspaces')}>
        <ul className="divide-y divide-line">
          {data.accounts.map((other) => (
            <li key={other.id} className="flex items-center justify-between gap-3 py-2 first:pt-0 last:pb-0">
              <Link to="/home/$slug" params={{ slug: other.slug }} className="font-medium hover:underline">
                {other.name}
              </Link>
              <Badge>{t(`members.roles.${other.role}`)}</Badge>
            </li>
          ))}
        </ul>
      </Card>
      <NewWorkspace open={create === true} onClose={() => navigate({ search: {} })} />
    </Page>
  );
}

function Rename({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(account.name);
  const save = useMutation({
    mutationFn: () => request<typeof updateAccount>('PATCH', '/api/account', { body: { accountSlug: account.slug, name } }),
    onSuccess: async () => {
      await queries.invalidateQueries(sessionQuery);
      toast.success(t('saved'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-4">
      <TextField
        label={t('name')}
        className="w-full max-w-md"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {save.error && <Failure error={save.error} />}
      <Button kind="main" type="submit" busy={save.isPending} disabled={name === account.name}>
        {t('workspaceSettings.rename')}
      </Button>
    </form>
  );
}
