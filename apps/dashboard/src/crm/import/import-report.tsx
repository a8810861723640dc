import type { AnswerOf, importContacts } from '@talkturo/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { number } from '../../format.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Card, Figure } from '../../ui/surface.tsx';
import { Table } from '../../ui/table.tsx';

/** What became of a file: how many rows, and which were left out and why. */
export function ImportReport({ report, onAgain }: { report: AnswerOf<typeof importContacts>; onAgain: () => void }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  return (
    <div role="status" className="flex flex-col gap-4">
      <p className="font-medium">{t('contacts.importDone', { ...report })}</p>
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure name={t('import.new')} value={number(report.imported)} />
        <Figure name={t('import.updated')} value={number(report.updated)} />
        <Figure name={t('import.failed')} value={number(report.failed)} />
        <Figure name={t('import.companies')} value={number(report.companiesCreated)} />
      </div>
      {report.errors.length > 0 && (
        <Card title={t('import.errors')}>
          <Table
            label={t('import.errors')}
            rows={report.errors.map((error, at) => ({ ...error, id: String(at) }))}
            columns={[
              { title: t('import.row'), cell: (row) => row.row },
              { title: t('import.field'), cell: (row) => row.path || '–' },
              { title: t('import.problem'), cell: (row) => row.message },
            ]}
          />
        </Card>
      )}
      <div className="flex flex-wrap gap-2">
        <Link to="/home/$slug/contacts" params={{ slug }} className={buttonLook({ kind: 'main' })}>
          {t('import.toContacts')}
        </Link>
        <Button onClick={onAgain}>{t('import.otherFile')}</Button>
      </div>
    </div>
  );
}
