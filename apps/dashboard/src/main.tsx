import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type CSSProperties, lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from 'sonner';
import { ApiError } from './api.ts';
import { whenLanguageChanges } from './i18n/index.ts';
import { createAppRouter } from './router.tsx';
import './styles.css';
import { applyTheme } from './ui/theme.ts';

applyTheme();

/** Messages in the colours of the page, which keep their contrast in both themes. */
const TOAST_COLOURS = Object.fromEntries(
  Object.entries({ success: 'good', error: 'danger', warning: 'warn', normal: 'card' }).flatMap(([type, tone]) => [
    [`--${type}-bg`, type === 'normal' ? 'var(--card)' : `var(--${tone}-wash)`],
    [`--${type}-text`, type === 'normal' ? 'var(--ink)' : `var(--${tone})`],
    [`--${type}-border`, 'var(--line)'],
  ]),
) as CSSProperties;
const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session ended meanwhile: sign in and come back to this page.
      if (!(error instanceof ApiError) || error.status !== 401 || !location.pathname.startsWith('/home/')) return;
      const next = location.pathname + location.search;
      queries.clear();
      void router.navigate({ to: '/sign-in', search: { next } });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused stays refused; what could not reach it is tried again.
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
    },
  },
});

// Some of what the server answers are sentences in the language of the page.
whenLanguageChanges(() => void queries.invalidateQueries());

// Not part of the first load: nothing is asked before something was done.
const ConfirmDialog = lazy(() => import('./ui/confirm-dialog.tsx').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })));
const router = createAppRouter(queries);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Suspense>
        <ConfirmDialog />
      </Suspense>
      <Toaster position="bottom-right" richColors closeButton style={TOAST_COLOURS} />
    </QueryClientProvider>
  </StrictMode>,
);
