import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { LEAD_STATUSES, type LeadStatus } from './crm/lead-status.ts';
import { safeNext, sessionQuery } from './identity/session.ts';
import { listSearch } from './list-search.ts';
import { Missing } from './ui/missing.tsx';
import { Loading } from './ui/surface.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: Missing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => {
    const next = safeNext(search.next);
    return next ? { next } : {};
  },
  component: lazyRouteComponent(() => import('./identity/sign-in.tsx'), 'SignIn'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./identity/invitation.tsx'), 'InvitationPage'),
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
  beforeLoad: async ({ context, location, params }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { next: location.href } });
    // A workspace one is not (or no longer) in shows nothing: on to one's own.
    if (!session.accounts.some((account) => account.slug === params.slug)) throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
});

const overview = createRoute({
  getParentRoute: () => home,
  path: '/',
  validateSearch: (search): { days?: number; assistant?: string; campaign?: string } => {
    const { offset: _, ...of } = listSearch('assistant', 'campaign')(search);
    return { ...of, ...([7, 30, 90, 365].includes(Number(search.days)) ? { days: Number(search.days) } : {}) };
  },
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
  validateSearch: listSearch('search', 'status', 'direction', 'assistant'),
  component: lazyRouteComponent(() => import('./calls/calls.tsx'), 'Calls'),
});
const call = createRoute({
  getParentRoute: () => home,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('./calls/call-page.tsx'), 'CallPage'),
});
const numbers = createRoute({
  getParentRoute: () => home,
  path: '/phone-numbers',
  component: lazyRouteComponent(() => import('./phone-numbers/phone-numbers.tsx'), 'PhoneNumbers'),
});
const settings = createRoute({
  getParentRoute: () => home,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'Settings'),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/home/$slug/settings/profile', params, replace: true });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('./settings/profile.tsx'), 'Profile'),
});
const workspace = createRoute({
  getParentRoute: () => settings,
  path: '/workspace',
  validateSearch: (search): { create?: true } => (search.create === true ? { create: true } : {}),
  component: lazyRouteComponent(() => import('./settings/workspace-settings.tsx'), 'WorkspaceSettings'),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  component: lazyRouteComponent(() => import('./settings/members.tsx'), 'Members'),
});
const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./settings/api-keys.tsx'), 'ApiKeys'),
});
const integrations = createRoute({
  getParentRoute: () => settings,
  path: '/integrations',
  component: lazyRouteComponent(() => import('./integrations/integrations.tsx'), 'Integrations'),
});
const webhooks = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./webhooks/webhooks.tsx'), 'Webhooks'),
});
const deliveries = createRoute({
  getParentRoute: () => settings,
  path: '/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhooks/deliveries.tsx'), 'Deliveries'),
});
const customFields = createRoute({
  getParentRoute: () => settings,
  path: '/custom-fields',
  component: lazyRouteComponent(() => import('./settings/custom-fields.tsx'), 'CustomFields'),
});
const auditLog = createRoute({
  getParentRoute: () => settings,
  path: '/audit-log',
  validateSearch: listSearch('action', 'user'),
  component: lazyRouteComponent(() => import('./settings/audit-log.tsx'), 'AuditLog'),
});

const contacts = createRoute({
  getParentRoute: () => home,
  path: '/contacts',
  validateSearch: (search): { search?: string; leadStatus?: LeadStatus; offset?: number } => ({
    ...listSearch('search')(search),
    ...(LEAD_STATUSES.includes(search.leadStatus as LeadStatus) ? { leadStatus: search.leadStatus as LeadStatus } : {}),
  }),
  component: lazyRouteComponent(() => import('./crm/contacts.tsx'), 'Contacts'),
});
const companies = createRoute({
  getParentRoute: () => home,
  path: '/companies',
  validateSearch: listSearch('search'),
  component: lazyRouteComponent(() => import('./crm/companies.tsx'), 'Companies'),
});

const contactImport = createRoute({
  getParentRoute: () => home,
  path: '/contacts/import',
  component: lazyRouteComponent(() => import('./crm/import/import-page.tsx'), 'ImportPage'),
});
const contact = createRoute({
  getParentRoute: () => home,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(() => import('./crm/contact-page.tsx'), 'ContactPage'),
});
const company = createRoute({
  getParentRoute: () => home,
  path: '/companies/$companyId',
  component: lazyRouteComponent(() => import('./crm/company-page.tsx'), 'CompanyPage'),
});
const opportunities = createRoute({
  getParentRoute: () => home,
  path: '/opportunities',
  component: lazyRouteComponent(() => import('./crm/opportunities.tsx'), 'Opportunities'),
});

const campaigns = createRoute({
  getParentRoute: () => home,
  path: '/campaigns',
  validateSearch: listSearch(),
  component: lazyRouteComponent(() => import('./campaigns/campaigns.tsx'), 'Campaigns'),
});
const newCampaign = createRoute({
  getParentRoute: () => home,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('./campaigns/wizard/new-campaign.tsx'), 'NewCampaign'),
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
      invitation,
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
        contactImport,
        contact,
        companies,
        company,
        opportunities,
        campaigns,
        newCampaign,
        campaign,
        settings.addChildren([
          settingsIndex,
          profile,
          workspace,
          members,
          apiKeys,
          integrations,
          webhooks,
          deliveries,
          customFields,
          auditLog,
        ]),
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
