import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../identity/session.ts';
import { Loading, Page } from '../ui/surface.tsx';
import { PasswordChange } from './password-change.tsx';
import { Preferences } from './preferences.tsx';
import { ProfileName } from './profile-name.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

/** What belongs to the person, in whatever workspace. */
export function Profile() {
  const { t } = useTranslation();
  const { data } = useQuery(sessionQuery);
  if (!data) return <Loading />;
  return (
    <Page title={t('profile.title')} about={data.user.email}>
      <ProfileName user={data.user} />
      <Preferences />
      <PasswordChange email={data.user.email} />
      <TwoFactor on={data.user.two_factor_enabled} />
      <Sessions />
    </Page>
  );
}
