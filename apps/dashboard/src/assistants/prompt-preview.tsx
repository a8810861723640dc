import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ContactPicker, useContactChoice } from '../crm/contact-picker.tsx';
import { companyQuery } from '../crm/crm.queries.ts';
import { fillIn, valuesOf } from './variables.ts';

/** First message and prompt as a call with a real contact would have them. */
export function PromptPreview({ firstMessage, prompt }: { firstMessage: string; prompt: string }) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const choice = useContactChoice();
  const { found, picked } = choice;
  const contact = found.find(({ id }) => id === picked?.id) ?? found[0];
  const company = useQuery({ ...companyQuery(slug, contact?.company_id ?? ''), enabled: contact !== undefined });
  const values = contact ? valuesOf(contact, company.data?.company ?? null) : {};
  return (
    <section aria-label={t('assistants.preview')} className="flex flex-col gap-4">
      <ContactPicker choice={choice} contact={contact ?? null} label={t('assistants.previewWith')} />
      {found.length === 0 && <p className="text-soft">{t('contacts.empty')}</p>}
      <p className="text-[13px] text-soft">{t('assistants.previewAbout')}</p>
      <Filled title={t('assistants.firstMessage')} text={firstMessage} values={values} />
      <Filled title={t('assistants.prompt')} text={prompt} values={values} />
    </section>
  );
}

function Filled({ title, text, values }: { title: string; text: string; values: Readonly<Record<string, string>> }) {
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <p className="whitespace-pre-wrap rounded-md bg-wash p-3">
        {fillIn(text, values).map((piece, at) =>
          piece.variable === undefined ? (
            piece.text
          ) : (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are known by their place
              key={at}
              className={piece.filled ? 'rounded bg-good-wash px-0.5 text-good' : 'rounded bg-warn-wash px-0.5 text-warn line-through'}
            >
              {piece.text}
            </mark>
          ),
        )}
      </p>
    </div>
  );
}
