import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Toaster } from 'sonner';
import { ApiError } from './api.ts';
import './i18n/index.ts';
import { createAppRouter } from './router.tsx';
import './styles.css';
import { ConfirmDialog } from './ui/confirm.tsx';
import { applyTheme } from './ui/theme.ts';

applyTheme();
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

const router = createAppRouter(queries);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <ConfirmDialog />
      <Toaster position="bottom-right" richColors closeButton />
    </QueryClientProvider>
  </StrictMode>,
);
