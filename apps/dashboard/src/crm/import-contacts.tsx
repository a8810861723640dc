import type { AnswerOf, importContacts } from '@talkturo/contract';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, currentWorkspace } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/surface.tsx';

type Report = AnswerOf<typeof importContacts>;

/** Sends a CSV file as it is; the server reads its header and names the rows it cannot use. */
export function ImportContacts({
  open,
  onOpenChange,
  onDone,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
}) {
  const { slug } = useParams({ from: '/home/$slug/contacts' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: async (): Promise<Report> => {
      const query = new URLSearchParams({ teamId, unknownColumns: 'ignore' });
      const answer = await fetch(`/api/crm/contacts/import?${query}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'text/csv', 'x-account-slug': currentWorkspace() },
        body: file,
      });
      const json = await answer.json();
      if (!answer.ok) throw new ApiError(answer.status, json.error, json.details);
      return json;
    },
    onSuccess: onDone,
  });
  const close = (wanted: boolean) => {
    onOpenChange(wanted);
    if (!wanted) {
      send.reset();
      setFile(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={close} title={t('contacts.import')} description={t('contacts.importAbout')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <label className="flex flex-col gap-1.5 font-medium">
          {t('contacts.file')}
          <input
            type="file"
            accept=".csv,text/csv"
            required
            className="rounded-md border border-line bg-card p-2 font-normal file:mr-3 file:rounded file:border-0 file:bg-wash file:px-3 file:py-1 file:text-ink"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </label>
        {send.error && <Failure error={send.error} />}
        {send.data && (
          <div role="status" className="rounded-md bg-wash p-3">
            <p className="font-medium">{t('contacts.importDone', { ...send.data })}</p>
            {send.data.errors.length > 0 && (
              <ul className="mt-2 flex max-h-48 flex-col gap-1 overflow-y-auto text-[13px]">
                {send.data.errors.map((error) => (
                  <li key={`${error.row} ${error.path}`}>
                    {t('contacts.row', { row: error.row })} {error.path}: {error.message}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        <Button kind="main" type="submit" busy={send.isPending} disabled={!file}>
          {t('contacts.import')}
        </Button>
      </form>
    </Dialog>
  );
}
