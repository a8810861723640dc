import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cn } from '../../ui/class-names.ts';
import { Failure } from '../../ui/surface.tsx';
import type { CustomField } from '../crm.queries.ts';
import { guessTargets, type Target } from './columns.ts';
import { decodeText, delimiterOf, readRecords } from './csv.ts';

/** What an import takes at most, as the API says. */
const MOST_BYTES = 64 * 1024 * 1024;
const PREVIEW_ROWS = 5;

export interface ReadFile {
  name: string;
  text: string;
  delimiter: string;
  /** Where in the text the rows begin. */
  bodyFrom: number;
  header: string[];
  rows: string[][];
}

/** Takes a CSV file, by button or dropped, and reads its header and first rows. */
export function ChooseFile({ fields, onRead }: { fields: readonly CustomField[]; onRead: (file: ReadFile, guessed: Target[]) => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_BYTES) return setProblem(t('import.tooLarge'));
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    const delimiter = delimiterOf(text);
    const [header, ...rows] = readRecords(text, delimiter, PREVIEW_ROWS + 1);
    if (!header || rows.length === 0) return setProblem(t('import.noRows'));
    const names = header.cells.map((cell) => cell.trim());
    onRead(
      { name: file.name, text, delimiter, bodyFrom: header.end, header: names, rows: rows.map((row) => row.cells) },
      guessTargets(names, fields),
    );
  };
  return (
    <div className="flex flex-col gap-3">
      {problem && <Failure error={new Error(problem)} />}
      <label
        className={cn(
          'flex cursor-pointer flex-col items-center gap-2 rounded-xl border-2 border-line border-dashed bg-card px-6 py-14 text-center focus-within:border-brand',
          over && 'border-brand bg-brand-wash',
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read(event.dataTransfer.files[0]);
        }}
      >
        <Upload className="size-7 text-soft" aria-hidden />
        <span className="font-medium">{t('contacts.file')}</span>
        <span className="text-soft">{t('import.drop')}</span>
        <input type="file" accept=".csv,.tsv,.txt,text/csv" className="sr-only" onChange={(event) => void read(event.target.files?.[0])} />
      </label>
    </div>
  );
}
