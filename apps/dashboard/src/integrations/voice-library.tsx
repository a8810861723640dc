import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { when } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Badge, Empty, Failure, Loading } from '../ui/surface.tsx';
import { Paging } from '../ui/table.tsx';
import { type Voice, type VoiceSources, voicesQuery } from './integrations.queries.ts';
import { useVoicePreview } from './use-voice-preview.ts';
import { type VoiceFilter, VoiceFilters } from './voice-filters.tsx';
import { VoiceSample } from './voice-sample.tsx';

const PAGE = 20;

interface LibraryProps {
  /** The voice that is chosen now. */
  chosen: { provider: string; id: string };
  /** The language of the assistant, BCP-47. */
  language: string;
  onChoose: (voice: Voice) => void;
  onClose: () => void;
}

/** All voices that can be had, to filter, to hear and to choose from. */
export function VoiceLibrary({ chosen, language, onChoose, onClose }: LibraryProps) {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t } = useTranslation();
  const [filter, setFilter] = useState<VoiceFilter>({ provider: '', language: '', gender: '', search: '' });
  const [offset, setOffset] = useState(0);
  const settled = useDeferredValue(filter);
  const query = Object.fromEntries(Object.entries(settled).filter(([, value]) => value !== ''));
  const { data, error, isPending, refetch } = useQuery(voicesQuery(slug, { ...query, limit: PAGE, offset }));
  const player = useVoicePreview();
  return (
    <Dialog open wide onOpenChange={onClose} title={t('voices.title')}>
      <div className="flex flex-col gap-4">
        <VoiceFilters
          filter={filter}
          spoken={language}
          onChange={(changed) => {
            setFilter(changed);
            setOffset(0);
          }}
        />
        {isPending && <Loading />}
        {error && <Failure error={error} retry={refetch} />}
        {data && (
          <>
            <Notes slug={slug} sources={data.sources} />
            <p role="status" className="text-[13px] text-soft">
              {t('voices.found', { count: data.count })}
            </p>
            {data.count === 0 && <Empty title={t('voices.none')}>{t('voices.noneAbout')}</Empty>}
            <ul aria-label={t('voices.title')} className="divide-y divide-line rounded-xl border border-line empty:hidden">
              {data.voices.map((voice) => (
                <li key={`${voice.provider}/${voice.id}`} className="flex items-center gap-3 px-3 py-2.5">
                  <VoiceSample voice={voice} player={player} />
                  <About voice={voice} />
                  <Pick
                    voice={voice}
                    chosen={voice.provider === chosen.provider && voice.id === chosen.id}
                    onChoose={() => {
                      onChoose(voice);
                      onClose();
                    }}
                  />
                </li>
              ))}
            </ul>
            <Paging count={data.count} limit={PAGE} offset={offset} onOffset={setOffset} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Pick({ voice, chosen, onChoose }: { voice: Voice; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  if (chosen) return <Badge tone="good">{t('voices.chosen')}</Badge>;
  return (
    <Button size="small" aria-label={`${t('voices.choose')}: ${voice.name}`} onClick={onChoose}>
      {t('voices.choose')}
    </Button>
  );
}

function About({ voice }: { voice: Voice }) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames([i18n.language], { type: 'language', fallback: 'code' });
  // A language and its regions are one language to a reader.
  const languages = [...new Set(voice.languages.map((tag) => tag.split('-')[0] ?? tag))].map((tag) => names.of(tag) ?? tag);
  const facts = [
    t(`voices.vendors.${voice.provider}`),
    ...(voice.gender ? [t(`voices.genders.${voice.gender}`)] : []),
    ...(languages.length > 0 ? [languages.slice(0, 4).join(', ') + (languages.length > 4 ? ` +${languages.length - 4}` : '')] : []),
    ...(voice.accent ? [voice.accent] : []),
  ];
  return (
    <div className="min-w-0 grow">
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {voice.name} {voice.own && <Badge tone="brand">{t('voices.own')}</Badge>}
      </p>
      <p className="text-[13px] text-soft">{facts.join(' · ')}</p>
      {voice.description && <p className="line-clamp-2 text-[13px] text-soft">{voice.description}</p>}
    </div>
  );
}

/** Which vendors are missing from the list, and why. */
function Notes({ slug, sources }: { slug: string; sources: VoiceSources }) {
  const { t } = useTranslation();
  const notes = Object.entries(sources).filter(([, source]) => source && source.status !== 'available');
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-xl bg-wash px-4 py-2.5 text-[13px] text-soft">
      {notes.map(([vendor, source]) => {
        const name = t(`voices.vendors.${vendor as Voice['provider']}`);
        if (source.status === 'no_key') {
          return (
            <li key={vendor}>
              {t('voices.noKey', { name })}{' '}
              <Link to="/home/$slug/settings/integrations" params={{ slug }} className="text-brand underline">
                {t('voices.setKey')}
              </Link>
            </li>
          );
        }
        return (
          <li key={vendor}>
            {source.status === 'stale'
              ? t('voices.stale', { name, when: when(source.fetched_at) })
              : `${t('voices.unavailable', { name })} ${source.message ?? ''}`}
          </li>
        );
      })}
    </ul>
  );
}
