import { useTranslation } from 'react-i18next';
import { milliseconds } from '../format.ts';
import { Card } from '../ui/surface.tsx';
import type { Call } from './calls.queries.ts';

/** How long each reply took, from the caller's last sound to the first sound back. */
export function CallLatencies({ latency }: { latency: Call['latency'] }) {
  const { t } = useTranslation();
  if (latency.turns.length === 0) return null;
  const rows = [
    ...latency.turns.map((turn) => ({ name: String(turn.turn + 1), ...turn })),
    { name: t('calls.median'), ...latency.p50 },
    { name: t('calls.p95'), ...latency.p95 },
  ];
  return (
    <Card title={t('calls.latency')}>
      <div className="overflow-x-auto">
        <table className="w-full whitespace-nowrap text-right text-[13px] tabular-nums">
          <thead className="text-soft">
            <tr>
              <th scope="col" className="pr-2 text-left font-medium">
                {t('calls.turn')}
              </th>
              {(['endOfTurn', 'firstToken', 'firstAudio', 'voiceToVoice'] as const).map((name) => (
                <th key={name} scope="col" className="whitespace-normal px-1 font-medium">
                  {t(`calls.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className="border-line border-t">
                <th scope="row" className="py-1 pr-2 text-left font-medium">
                  {row.name}
                </th>
                <td className="px-1">{milliseconds(row.end_of_turn_ms)}</td>
                <td className="px-1">{milliseconds(row.llm_first_token_ms)}</td>
                <td className="px-1">{milliseconds(row.tts_first_audio_ms)}</td>
                <td className="px-1 font-semibold">{milliseconds(row.voice_to_voice_ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
