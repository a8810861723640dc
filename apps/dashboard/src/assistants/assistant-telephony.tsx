import { useTranslation } from 'react-i18next';
import { SwitchField } from '../ui/switch.tsx';
import { AssignedNumbers } from './assigned-numbers.tsx';
import type { EditorPart } from './editor-part.ts';
import { TransferDestinations } from './transfer-destinations.tsx';

export function AssistantTelephony(part: EditorPart) {
  const { draft, change } = part;
  const { t } = useTranslation();
  return (
    <div className="flex max-w-lg flex-col divide-y divide-line">
      <SwitchField
        label={t('assistants.inbound')}
        checked={draft.inbound_enabled}
        onChange={(inbound_enabled) => change({ inbound_enabled })}
      />
      <SwitchField
        label={t('assistants.outbound')}
        checked={draft.outbound_enabled}
        onChange={(outbound_enabled) => change({ outbound_enabled })}
      />
      <SwitchField
        label={t('assistants.recording')}
        hint={t('assistants.recordingHint')}
        checked={draft.recording_enabled}
        onChange={(recording_enabled) => change({ recording_enabled })}
      />
      <AssignedNumbers assistantId={draft.id} />
      <TransferDestinations {...part} />
    </div>
  );
}
