import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AudioLines } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { authenticate } from './session.ts';

type Step = 'in' | 'up' | 'code';

export function SignIn() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>('in');
  const [form, setForm] = useState({ name: '', email: '', password: '', workspaceName: '', code: '' });
  const set = (field: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [field]: event.target.value });

  const enter = useMutation({
    mutationFn: () => {
      if (step === 'code') return authenticate('two-factor/verify-totp', { code: form.code });
      if (step === 'in') return authenticate('sign-in/email', { email: form.email, password: form.password });
      return authenticate('sign-up/email', {
        name: form.name,
        email: form.email,
        password: form.password,
        workspaceName: form.workspaceName || undefined,
      });
    },
    onSuccess: async (answer) => {
      if (answer.twoFactorRedirect) return setStep('code');
      queries.clear();
      await navigate({ to: '/' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  const other = step === 'in' ? 'up' : 'in';

  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center gap-2 text-center">
          <span className="grid size-11 place-items-center rounded-xl bg-brand text-brand-ink">
            <AudioLines className="size-6" aria-hidden />
          </span>
          <h1 className="font-semibold text-xl">Talkturo</h1>
          <p className="text-soft">{t('sign.about')}</p>
        </div>
        <form onSubmit={submit} className="flex flex-col gap-4 rounded-xl border border-line bg-card p-5">
          <h2 className="font-semibold text-base">{t(step === 'up' ? 'sign.up' : 'sign.in')}</h2>
          {step === 'code' ? (
            <TextField
              label={t('sign.code')}
              hint={t('sign.codeNeeded')}
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="[0-9]{6}"
              required
              value={form.code}
              onChange={set('code')}
            />
          ) : (
            <>
              {step === 'up' && (
                <>
                  <TextField
                    label={t('sign.yourName')}
                    autoComplete="name"
                    required
                    maxLength={100}
                    value={form.name}
                    onChange={set('name')}
                  />
                  <TextField label={t('sign.workspaceName')} maxLength={100} value={form.workspaceName} onChange={set('workspaceName')} />
                </>
              )}
              <TextField label={t('sign.email')} type="email" autoComplete="email" required value={form.email} onChange={set('email')} />
              <TextField
                label={t('sign.password')}
                type="password"
                autoComplete={step === 'up' ? 'new-password' : 'current-password'}
                hint={step === 'up' ? t('sign.passwordHint') : undefined}
                minLength={8}
                required
                value={form.password}
                onChange={set('password')}
              />
            </>
          )}
          {enter.error && <Failure error={enter.error} />}
          <Button kind="main" type="submit" busy={enter.isPending}>
            {t(step === 'up' ? 'sign.up' : 'sign.in')}
          </Button>
          <Button kind="quiet" size="small" onClick={() => setStep(other)}>
            {t(other === 'up' ? 'sign.toUp' : 'sign.toIn')}
          </Button>
        </form>
        <p className="mt-4 text-center">
          <Button kind="quiet" size="small" onClick={() => chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}>
            {i18n.language === 'de' ? 'English' : 'Deutsch'}
          </Button>
        </p>
      </div>
    </main>
  );
}
