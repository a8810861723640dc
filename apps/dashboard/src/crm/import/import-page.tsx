import type { AnswerOf, importContacts } from '@talkturo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../identity/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { sure } from '../../ui/confirm.ts';
import { SelectField } from '../../ui/field.tsx';
import { Card, Failure, Loading, Page } from '../../ui/surface.tsx';
import { upload } from '../../upload.ts';
import { companiesQuery, customFieldsQuery } from '../crm.queries.ts';
import { ChooseFile, type ReadFile } from './choose-file.tsx';
import { headerLine, type Target } from './columns.ts';
import { ImportReport } from './import-report.tsx';
import { MapColumns } from './map-columns.tsx';

type Report = AnswerOf<typeof importContacts>;

/** A CSV file into contacts: choose it, say what its columns hold, look at it, send it, read what was left out. */
export function ImportPage() {
  const { slug } = useParams({ from: '/home/$slug/contacts/import' });
  const { teamId } = useWorkspace(slug);
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: fields } = useQuery(customFieldsQuery(slug));
  const { data: companies } = useQuery(companiesQuery(slug, { limit: 200 }));
  const [file, setFile] = useState<ReadFile | null>(null);
  const [targets, setTargets] = useState<Target[]>([]);
  const [companyId, setCompany] = useState('');
  const [done, setDone] = useState(0);
  const send = useMutation({
    mutationFn: ({ text, delimiter, bodyFrom }: ReadFile): Promise<Report> => {
      const query = new URLSearchParams({ teamId, unknownColumns: 'ignore', ...(companyId ? { companyId } : {}) });
      const body = new Blob([headerLine(targets, delimiter), text.slice(bodyFrom)]);
      return upload(`/api/crm/contacts/import?${query}`, body, { type: 'text/csv; charset=utf-8', onProgress: setDone });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [slug] }),
  });
  useBlocker({
    shouldBlockFn: async () => send.isPending && !(await sure(t('import.leaveSure'), t('leave'))),
    enableBeforeUnload: send.isPending,
  });
  const restart = () => {
    setFile(null);
    setDone(0);
    send.reset();
  };
  const named = targets.includes('first_name') || targets.includes('full_name') || targets.includes('last_name');
  const placed = targets.includes('company_name') || companyId !== '';

  if (!fields) return <Loading />;
  return (
    <Page title={t('contacts.import')} about={t('contacts.importAbout')}>
      {!file && (
        <ChooseFile
          fields={fields.customFields}
          onRead={(read, guessed) => {
            setFile(read);
            setTargets(guessed);
          }}
        />
      )}
      {file && !send.data && (
        <>
          <Card title={t('import.map')}>
            <MapColumns file={file} targets={targets} fields={fields.customFields} onChange={setTargets} />
          </Card>
          <Card>
            <div className="flex flex-col gap-4">
              <SelectField
                label={t('import.company')}
                hint={t('import.companyHint')}
                className="max-w-md"
                value={companyId}
                onChange={(event) => setCompany(event.target.value)}
                options={[
                  { value: '', label: t('none') },
                  ...(companies?.companies ?? []).map((company) => ({ value: company.id, label: company.name })),
                ]}
              />
              {!named && <p className="text-warn">{t('import.needName')}</p>}
              {!placed && <p className="text-warn">{t('import.needCompany')}</p>}
              {!targets.includes('phone') && <p className="text-soft">{t('import.noPhone')}</p>}
              {send.error && <Failure error={send.error} />}
              {send.isPending && (
                <div role="status">
                  <progress className="h-2 w-full accent-brand" max={1} value={done} aria-label={t('import.progress')} />
                  <p className="mt-1 text-soft">{t('import.sent', { percent: Math.round(done * 100) })}</p>
                </div>
              )}
              <div className="flex flex-wrap gap-2">
                <Button kind="main" busy={send.isPending} disabled={!named || !placed} onClick={() => send.mutate(file)}>
                  {t('contacts.import')}
                </Button>
                <Button disabled={send.isPending} onClick={restart}>
                  {t('import.otherFile')}
                </Button>
              </div>
            </div>
          </Card>
        </>
      )}
      {send.data && <ImportReport report={send.data} onAgain={restart} />}
    </Page>
  );
}
