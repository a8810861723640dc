import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** The keys of a telephone. */
export function Keypad({ pressed, disabled, onPress }: { pressed: string; disabled: boolean; onPress: (key: string) => void }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('talk.keys')} className="grid grid-cols-6 items-center gap-1 sm:flex sm:flex-wrap">
      {KEYS.map((key) => (
        <Button key={key} size="small" className="min-w-9 justify-center" disabled={disabled} onClick={() => onPress(key)}>
          {key}
        </Button>
      ))}
      {pressed && (
        <output aria-label={t('talk.pressed')} className="col-span-6 ml-2 font-mono">
          {pressed}
        </output>
      )}
    </section>
  );
}
