import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { LEAD_STATUSES, type LeadStatus } from './crm/lead-status.ts';
import { sessionQuery } from './identity/session.ts';
import { Missing } from './ui/missing.tsx';
import { Loading } from './ui/surface.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: Missing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./identity/sign-in.tsx'), 'SignIn'),
});

/** `/` leads to the workspace of who is signed in, or to the sign-in. */
const entrance = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    const slug = session?.accounts[0]?.slug;
    throw slug ? redirect({ to: '/home/$slug', params: { slug } }) : redirect({ to: '/sign-in' });
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/home/$slug',
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

const overview = createRoute({
  getParentRoute: () => home,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/overview.tsx'), 'Overview'),
});
const assistants = createRoute({
  getParentRoute: () => home,
  path: '/assistants',
  component: lazyRouteComponent(() => import('./assistants/assistants.tsx'), 'Assistants'),
});
const assistant = createRoute({
  getParentRoute: () => home,
  path: '/assistants/$assistantId',
  component: lazyRouteComponent(() => import('./assistants/assistant-editor.tsx'), 'AssistantPage'),
});
const talk = createRoute({
  getParentRoute: () => home,
  path: '/talk',
  validateSearch: (search): { assistant?: string } => (typeof search.assistant === 'string' ? { assistant: search.assistant } : {}),
  component: lazyRouteComponent(() => import('./talk/talk.tsx'), 'Talk'),
});
const calls = createRoute({
  getParentRoute: () => home,
  path: '/calls',
  validateSearch: (search): { search?: string; status?: string; direction?: string; offset?: number } => ({
    ...(typeof search.search === 'string' && search.search ? { search: search.search } : {}),
    ...(typeof search.status === 'string' && search.status ? { status: search.status } : {}),
    ...(typeof search.direction === 'string' && search.direction ? { direction: search.direction } : {}),
    ...(Number(search.offset) > 0 ? { offset: Number(search.offset) } : {}),
  }),
  component: lazyRouteComponent(() => import('./calls/calls.tsx'), 'Calls'),
});
const call = createRoute({
  getParentRoute: () => home,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('./calls/call-page.tsx'), 'CallPage'),
});
const apiKeys = createRoute({
  getParentRoute: () => home,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('./settings/api-keys.tsx'), 'ApiKeys'),
});

const numbers = createRoute({
  getParentRoute: () => home,
  path: '/phone-numbers',
  component: lazyRouteComponent(() => import('./phone-numbers/phone-numbers.tsx'), 'PhoneNumbers'),
});
const webhooks = createRoute({
  getParentRoute: () => home,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./webhooks/webhooks.tsx'), 'Webhooks'),
});
const deliveries = createRoute({
  getParentRoute: () => home,
  path: '/settings/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhooks/deliveries.tsx'), 'Deliveries'),
});

const contacts = createRoute({
  getParentRoute: () => home,
  path: '/contacts',
  validateSearch: (search): { search?: string; leadStatus?: LeadStatus; offset?: number } => ({
    ...(typeof search.search === 'string' && search.search ? { search: search.search } : {}),
    ...(LEAD_STATUSES.includes(search.leadStatus as LeadStatus) ? { leadStatus: search.leadStatus as LeadStatus } : {}),
    ...(Number(search.offset) > 0 ? { offset: Number(search.offset) } : {}),
  }),
  component: lazyRouteComponent(() => import('./crm/contacts.tsx'), 'Contacts'),
});
const companies = createRoute({
  getParentRoute: () => home,
  path: '/companies',
  component: lazyRouteComponent(() => import('./crm/companies.tsx'), 'Companies'),
});

const campaigns = createRoute({
  getParentRoute: () => home,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('./campaigns/campaigns.tsx'), 'Campaigns'),
});
const campaign = createRoute({
  getParentRoute: () => home,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => import('./campaigns/campaign-page.tsx'), 'CampaignPage'),
});

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      entrance,
      home.addChildren([
        overview,
        assistants,
        assistant,
        talk,
        calls,
        call,
        numbers,
        contacts,
        companies,
        campaigns,
        campaign,
        apiKeys,
        webhooks,
        deliveries,
      ]),
    ]),
    context: { queries },
    defaultPendingComponent: Loading,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
