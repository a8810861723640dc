-- Tells every node that what it believes about keys, members or sessions may be wrong, whoever made the change.
create function tell_identity_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('talkturo_identity', tg_table_name);
  return null;
end
$$;
--> statement-breakpoint
create trigger tell_changed after delete or update of revoked_at, scopes, rate_limit_per_hour, expires_at on api_keys
  for each statement execute function tell_identity_changed();
--> statement-breakpoint
create trigger tell_changed after insert or delete or update on memberships
  for each statement execute function tell_identity_changed();
--> statement-breakpoint
create trigger tell_changed after delete on sessions
  for each statement execute function tell_identity_changed();
