import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import {
  AudioLines,
  Bot,
  Building2,
  ChartNoAxesColumn,
  Contact,
  Handshake,
  Languages,
  Megaphone,
  Menu as MenuIcon,
  Mic,
  Moon,
  Phone,
  PhoneCall,
  Settings,
  X,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './account-menu.tsx';
import { useWorkspaceForRequests } from './api.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { chooseLanguage } from './i18n/index.ts';
import { useTimeZone } from './time-zone.ts';
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
  { to: '/home/$slug/opportunities', label: 'nav.opportunities', icon: Handshake },
  { to: '/home/$slug/campaigns', label: 'nav.campaigns', icon: Megaphone },
  { to: '/home/$slug/settings', label: 'nav.settings', icon: Settings },
] as const;

/** The frame around every page of a workspace: top bar with the account, navigation, language, theme. */
export function Shell() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const zone = useTimeZone();
  // Before the first request of a page below is made.
  useWorkspaceForRequests(slug);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setOpen(false), [path]);

  return (
    <div className="min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-card focus:p-2"
      >
        {t('skip')}
      </a>
      <header className="sticky top-0 z-30 flex h-14 items-center gap-1.5 border-line border-b bg-card px-3 md:px-5">
        <Button
          kind="quiet"
          size="icon"
          className="md:hidden"
          aria-label={t('menu')}
          aria-expanded={open}
          aria-controls="places"
          onClick={() => setOpen(!open)}
        >
          {open ? <X aria-hidden /> : <MenuIcon aria-hidden />}
        </Button>
        <Link to="/home/$slug" params={{ slug }} className="mr-auto flex items-center gap-2 font-semibold text-base" aria-label="Talkturo">
          <span className="grid size-7 place-items-center rounded-lg bg-brand text-brand-ink">
            <AudioLines className="size-4" aria-hidden />
          </span>
          <span className="hidden sm:inline">Talkturo</span>
        </Link>
        <Button
          kind="quiet"
          size="icon"
          aria-label={i18n.language === 'de' ? 'English' : 'Deutsch'}
          title={i18n.language === 'de' ? 'English' : 'Deutsch'}
          onClick={() => chooseLanguage(i18n.language === 'de' ? 'en' : 'de')}
        >
          <Languages aria-hidden />
        </Button>
        <Button kind="quiet" size="icon" aria-label={t('theme')} title={t('theme')} onClick={toggleTheme}>
          <Moon aria-hidden />
        </Button>
        <AccountMenu slug={slug} />
      </header>
      <ConnectionBanner />
      <div className="md:grid md:min-h-[calc(100dvh-3.5rem)] md:grid-cols-[14rem_minmax(0,1fr)]">
        <aside id="places" className={cn('border-line bg-card p-3 max-md:border-b md:block md:border-r', !open && 'hidden')}>
          <nav aria-label={t('menu')} className="flex flex-col gap-0.5 md:sticky md:top-17 md:max-h-[calc(100dvh-5rem)] md:overflow-y-auto">
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
        </aside>
        <main id="content" tabIndex={-1} className="min-w-0 p-4 outline-none md:p-8">
          <Outlet key={`${slug} ${zone}`} />
        </main>
      </div>
    </div>
  );
}
