import type { signIn, signUp } from '@talkturo/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { Door } from './door.tsx';
import { SecondStep } from './second-step.tsx';

type Step = 'in' | 'up' | 'code';

export function SignIn() {
  const { next } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>('in');
  const enter = async () => {
    queries.clear();
    await navigate({ to: next ?? '/' });
  };
  return (
    <Door>{step === 'code' ? <SecondStep onIn={enter} /> : <Credentials key={step} step={step} onStep={setStep} onIn={enter} />}</Door>
  );
}

function Credentials({ step, onStep, onIn }: { step: 'in' | 'up'; onStep: (step: Step) => void; onIn: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState({ name: '', email: '', password: '', workspaceName: '' });
  const set = (field: keyof typeof form) => (event: { target: { value: string } }) => setForm({ ...form, [field]: event.target.value });
  const enter = useMutation({
    mutationFn: async (): Promise<{ twoFactorRedirect?: boolean }> => {
      const { email, password, name, workspaceName } = form;
      if (step === 'in') return request<typeof signIn>('POST', '/api/auth/sign-in/email', { body: { email, password } });
      await request<typeof signUp>('POST', '/api/auth/sign-up/email', {
        body: { name, email, password, ...(workspaceName ? { workspaceName } : {}) },
      });
      return {};
    },
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect ? onStep('code') : onIn()),
  });
  const errorOf = (field: string) => (enter.error instanceof ApiError && step === 'up' ? enter.error.of(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-xl border border-line bg-card p-5">
      <h2 className="font-semibold text-base">{t(step === 'up' ? 'sign.up' : 'sign.in')}</h2>
      {step === 'up' && (
        <>
          <TextField label={t('sign.yourName')} autoComplete="name" required maxLength={100} value={form.name} onChange={set('name')} />
          <TextField label={t('sign.workspaceName')} maxLength={100} value={form.workspaceName} onChange={set('workspaceName')} />
        </>
      )}
      <TextField
        label={t('sign.email')}
        type="email"
        autoComplete="email"
        required
        value={form.email}
        error={errorOf('email')}
        onChange={set('email')}
      />
      <TextField
        label={t('sign.password')}
        type="password"
        autoComplete={step === 'up' ? 'new-password' : 'current-password'}
        hint={step === 'up' ? t('sign.passwordHint') : undefined}
        minLength={8}
        required
        value={form.password}
        error={errorOf('password')}
        onChange={set('password')}
      />
      {enter.error && <Failure error={enter.error} />}
      <Button kind="main" type="submit" busy={enter.isPending}>
        {t(step === 'up' ? 'sign.up' : 'sign.in')}
      </Button>
      <Button kind="quiet" size="small" onClick={() => onStep(step === 'in' ? 'up' : 'in')}>
        {t(step === 'up' ? 'sign.toIn' : 'sign.toUp')}
      </Button>
    </form>
  );
}
