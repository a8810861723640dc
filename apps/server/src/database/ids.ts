import type { IdPrefix } from '@talkturo/contract';
import { typeid } from 'typeid-js';

/** Rows that no client ever names. */
type InnerPrefix = 'crd' | 'ver' | 'tfa';

/** A new TypeID: prefix and UUIDv7, so ids of one table sort by creation. */
export const newId = (prefix: IdPrefix | InnerPrefix): string => typeid(prefix).toString();

/** `acct_X` ⇄ `team_X`: a team and its account are one workspace. */
export const teamIdOf = (accountId: string): string => `team_${accountId.slice('acct_'.length)}`;
