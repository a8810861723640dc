-- What a campaign does not call any more, at once and whoever makes the change: contacts marked do-not-call or without a number.
-- A changed number or zone means that its zones are looked up anew.
create function follow_contact_in_campaigns() returns trigger language plpgsql as $$
begin
  if new.do_not_call or new.phone is null then
    update campaign_contacts set status = 'skipped', next_attempt_at = null, updated_at = now(),
        skip_reason = case when new.do_not_call then 'do_not_call' else 'no_phone_number' end,
        outcome = case when new.do_not_call then 'do_not_call' else outcome end
      where contact_id = new.id and status = 'pending';
  end if;
  if new.phone is distinct from old.phone or new.timezone is distinct from old.timezone then
    update campaign_contacts set zones = null where contact_id = new.id and status in ('pending', 'calling');
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger follow_in_campaigns after update of do_not_call, phone, timezone on contacts for each row
  when (new.do_not_call is distinct from old.do_not_call or new.phone is distinct from old.phone or new.timezone is distinct from old.timezone)
  execute function follow_contact_in_campaigns();
--> statement-breakpoint
-- Adds to the count of a kind of campaign contact, in a row nobody holds: writers never wait for each other.
create function count_campaign_kind(campaign text, kind text, result text, was_called boolean, delta bigint) returns void language plpgsql as $$
declare
  slot bigint;
begin
  select id into slot from campaign_counts
    where campaign_id = campaign and status = kind and outcome is not distinct from result and called = was_called
    limit 1 for update skip locked;
  if found then
    update campaign_counts set n = n + delta where id = slot;
  else
    insert into campaign_counts (campaign_id, status, outcome, called, n) values (campaign, kind, result, was_called, delta);
  end if;
end
$$;
--> statement-breakpoint
create function campaign_kind(status text, next_attempt_at timestamptz) returns text language sql immutable as $$
  select case when status = 'pending' and next_attempt_at is null then 'queued' else status end
$$;
--> statement-breakpoint
create function count_campaign_contacts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform count_campaign_kind(campaign_id, campaign_kind(status, next_attempt_at), outcome, attempts > 0, count(*))
      from added group by campaign_id, campaign_kind(status, next_attempt_at), outcome, attempts > 0;
  elsif tg_op = 'DELETE' then
    perform count_campaign_kind(campaign_id, campaign_kind(status, next_attempt_at), outcome, attempts > 0, -count(*))
      from gone group by campaign_id, campaign_kind(status, next_attempt_at), outcome, attempts > 0;
  else
    perform count_campaign_kind(campaign_id, kind, outcome, called, sum(n)::bigint)
      from (
        select campaign_id, campaign_kind(status, next_attempt_at) as kind, outcome, attempts > 0 as called, 1 as n from added
        union all
        select campaign_id, campaign_kind(status, next_attempt_at), outcome, attempts > 0, -1 from gone
      ) changes
      group by campaign_id, kind, outcome, called having sum(n) <> 0;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger count_added after insert on campaign_contacts referencing new table as added for each statement execute function count_campaign_contacts();
--> statement-breakpoint
create trigger count_gone after delete on campaign_contacts referencing old table as gone for each statement execute function count_campaign_contacts();
--> statement-breakpoint
create trigger count_changed after update on campaign_contacts referencing old table as gone new table as added
  for each statement execute function count_campaign_contacts();
