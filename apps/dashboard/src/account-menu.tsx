import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Check, ChevronDown, LogOut, Plus, Settings, User } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signOut } from './identity/session.ts';
import { Button } from './ui/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuLine, MenuLink } from './ui/menu.tsx';

/** The account's name in the top bar: settings, the other workspaces, the way out. */
export function AccountMenu({ slug }: { slug: string }) {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const accounts = session?.accounts ?? [];
  const here = accounts.find((account) => account.slug === slug);
  const leave = async () => {
    await signOut();
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu
      trigger={
        <Button kind="plain" className="min-w-0 max-w-52">
          <span className="truncate">{here?.name ?? slug}</span> <ChevronDown aria-hidden />
        </Button>
      }
    >
      <MenuLabel>{session?.user.email}</MenuLabel>
      <MenuLink>
        <Link to="/home/$slug/settings" params={{ slug }}>
          <Settings aria-hidden /> {t('nav.settings')}
        </Link>
      </MenuLink>
      <MenuLink>
        <Link to="/home/$slug/settings/profile" params={{ slug }}>
          <User aria-hidden /> {t('profile.title')}
        </Link>
      </MenuLink>
      <MenuLine />
      <MenuLabel>{t('workspaces')}</MenuLabel>
      {accounts.map((account) => (
        <MenuItem
          key={account.id}
          checked={account.slug === slug}
          onSelect={() => navigate({ to: '/home/$slug', params: { slug: account.slug } })}
        >
          <span className="min-w-0 grow truncate">{account.name}</span> {account.slug === slug && <Check aria-hidden />}
        </MenuItem>
      ))}
      <MenuLink>
        <Link to="/home/$slug/settings/workspace" params={{ slug }} search={{ create: true }}>
          <Plus aria-hidden /> {t('workspaceSettings.new')}
        </Link>
      </MenuLink>
      <MenuLine />
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden /> {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
