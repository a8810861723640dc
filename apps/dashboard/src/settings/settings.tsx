import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../identity/workspace.ts';

const PLACES = [
  { to: '/home/$slug/settings/profile', label: 'profile.title' },
  { to: '/home/$slug/settings/workspace', label: 'workspace' },
  { to: '/home/$slug/settings/members', label: 'members.title' },
  { to: '/home/$slug/settings/api-keys', label: 'keys.title', admin: true },
  { to: '/home/$slug/settings/integrations', label: 'integrations.title' },
  { to: '/home/$slug/settings/webhooks', label: 'webhooks.title' },
  { to: '/home/$slug/settings/custom-fields', label: 'customFields.title' },
  { to: '/home/$slug/settings/audit-log', label: 'audit.title', admin: true },
] as const;

/** The settings with their own navigation; what only owners and admins may do is not offered to others. */
export function Settings() {
  const { slug } = useParams({ from: '/home/$slug' });
  const { role } = useWorkspace(slug);
  const { t } = useTranslation();
  return (
    <div className="mx-auto grid w-full max-w-6xl gap-6 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label={t('nav.settings')} className="-mx-1 overflow-x-auto p-1 lg:overflow-visible">
        <p className="mb-2 hidden px-2.5 font-semibold lg:block">{t('nav.settings')}</p>
        <ul className="flex gap-1 lg:flex-col">
          {PLACES.filter((place) => !('admin' in place) || role !== 'member').map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                params={{ slug }}
                className="block whitespace-nowrap rounded-md px-2.5 py-1.5 font-medium text-soft hover:bg-wash hover:text-ink data-[status=active]:bg-wash data-[status=active]:text-ink"
              >
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0">
        <Outlet />
      </div>
    </div>
  );
}
