import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import {
  AudioLines,
  Bot,
  Building2,
  ChartNoAxesColumn,
  Contact,
  KeyRound,
  Languages,
  LogOut,
  Megaphone,
  Menu,
  Mic,
  Moon,
  Phone,
  PhoneCall,
  Webhook,
  X,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceForRequests } from './api.ts';
import { chooseLanguage } from './i18n/index.ts';
import { sessionQuery, signOut } from './identity/session.ts';
import { Button } from './ui/button.tsx';
import { cn } from './ui/class-names.ts';
import { toggleTheme } from './ui/theme.ts';

const PLACES = [
  { to: '/home/$slug', label: 'nav.overview', icon: ChartNoAxesColumn, exact: true },
  { to: '/home/$slug/assistants', label: 'nav.assistants', icon: Bot },
  { to: '/home/$slug/talk', label: 'nav.talk', icon: Mic },
  { to: '/home/$slug/calls', label: 'nav.calls', icon: PhoneCall },
  { to: '/home/$slug/phone-numbers', label: 'nav.numbers', icon: Phone },
  { to: '/home/$slug/contacts', label: 'nav.contacts', icon: Contact },
  { to: '/home/$slug/companies', label: 'nav.companies', icon: Building2 },
  { to: '/home/$slug/campaigns', label: 'nav.campaigns', icon: Megaphone },
  { to: '/home/$slug/settings/webhooks', label: 'webhooks.title', icon: Webhook },
  { to: '/home/$slug/settings/api-keys', label: 'keys.title', icon: KeyRound },
] as const;

/** The frame around every page of a workspace: navigation, workspace, language, theme. */
export function Shell() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Before the first request of a page below is made.
  useWorkspaceForRequests(slug);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setOpen(false), [path]);

  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };

  return (
    <div className="min-h-dvh md:grid md:grid-cols-[15rem_1fr]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-card focus:p-2"
      >
        {t('skip')}
      </a>
      <div className="flex items-center justify-between border-line border-b bg-card px-4 py-2 md:hidden">
        <Brand />
        <Button kind="quiet" size="icon" aria-label={t('menu')} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <X aria-hidden /> : <Menu aria-hidden />}
        </Button>
      </div>
      <aside
        className={cn('flex-col gap-1 border-line border-r bg-card p-3 md:sticky md:top-0 md:flex md:h-dvh', open ? 'flex' : 'hidden')}
      >
        <div className="hidden px-2 py-2 md:block">
          <Brand />
        </div>
        <label className="mb-2 flex flex-col gap-1 px-2 text-[13px] text-soft">
          {t('workspace')}
          <select
            className="h-9 rounded-md border border-line bg-card px-2 text-ink text-sm"
            value={slug}
            onChange={(event) => navigate({ to: '/home/$slug', params: { slug: event.target.value } })}
          >
            {(session?.accounts ?? []).map((account) => (
              <option key={account.slug} value={account.slug}>
                {account.name}
              </option>
            ))}
          </select>
        </label>
        <nav aria-label={t('menu')} className="flex flex-col gap-0.5">
          {PLACES.map(({ to, label, icon: Icon, ...rest }) => (
            <Link
              key={to}
              to={to}
              params={{ slug }}
              activeOptions={{ exact: 'exact' in rest }}
              className="flex items-center gap-2.5 rounded-md px-2.5 py-2 font-medium text-soft hover:bg-wash hover:text-ink data-[status=active]:bg-brand-wash data-[status=active]:text-brand"
            >
              <Icon className="size-4" aria-hidden /> {t(label)}
            </Link>
          ))}
        </nav>
        <div className="mt-auto flex items-center gap-1 border-line border-t pt-3">
          <Button
            kind="quiet"
            size="icon"
            aria-label={t('language')}
            title={i18n.language === 'de' ? 'English' : 'Deutsch'}
            onClick={() => chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}
          >
            <Languages aria-hidden />
          </Button>
          <Button kind="quiet" size="icon" aria-label={t('theme')} title={t('theme')} onClick={toggleTheme}>
            <Moon aria-hidden />
          </Button>
          <span className="grow truncate px-1 text-[13px] text-soft" title={session?.user.email}>
            {session?.user.email}
          </span>
          <Button kind="quiet" size="icon" aria-label={t('signOut')} title={t('signOut')} onClick={leave}>
            <LogOut aria-hidden />
          </Button>
        </div>
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 p-4 outline-none md:p-8">
        <Outlet key={slug} />
      </main>
    </div>
  );
}

function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold text-base">
      <span className="grid size-7 place-items-center rounded-lg bg-brand text-brand-ink">
        <AudioLines className="size-4" aria-hidden />
      </span>
      Talkturo
    </span>
  );
}
