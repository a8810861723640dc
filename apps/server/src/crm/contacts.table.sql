-- Search: a trigram index where PostgreSQL has pg_trgm (a trusted extension since 13: no superuser needed, only the right
-- to create in the database). Without it searches give the same answers from a scan of the account's rows.
do $$
begin
  create extension if not exists pg_trgm;
  create index contacts_search on contacts using gin (search_text gin_trgm_ops);
  create index companies_search on companies using gin (search_text gin_trgm_ops);
exception when others then
  raise warning 'pg_trgm is not available (%): searching contacts will be slower with many of them', sqlerrm;
end
$$;
--> statement-breakpoint
-- Adds to the count of a kind of contact. Takes a counter row nobody holds, else makes one: no waiting, no deadlock.
create function count_contact_kind(account text, company text, status text, unwanted boolean, delta bigint) returns void language plpgsql as $$
declare
  slot bigint;
begin
  select id into slot from contact_counts
    where company_id = company and lead_status = status and do_not_call = unwanted and account_id = account
    limit 1 for update skip locked;
  if found then
    update contact_counts set n = n + delta where id = slot;
  else
    insert into contact_counts (account_id, company_id, lead_status, do_not_call, n) values (account, company, status, unwanted, delta);
  end if;
end
$$;
--> statement-breakpoint
create function count_contacts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform count_contact_kind(account_id, company_id, lead_status, do_not_call, count(*))
      from added group by account_id, company_id, lead_status, do_not_call;
  elsif tg_op = 'DELETE' then
    perform count_contact_kind(account_id, company_id, lead_status, do_not_call, -count(*))
      from gone group by account_id, company_id, lead_status, do_not_call;
  else
    perform count_contact_kind(account_id, company_id, lead_status, do_not_call, sum(n)::bigint)
      from (
        select account_id, company_id, lead_status, do_not_call, 1 as n from added
        union all
        select account_id, company_id, lead_status, do_not_call, -1 from gone
      ) changes
      group by account_id, company_id, lead_status, do_not_call having sum(n) <> 0;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger count_added after insert on contacts referencing new table as added for each statement execute function count_contacts();
--> statement-breakpoint
create trigger count_gone after delete on contacts referencing old table as gone for each statement execute function count_contacts();
--> statement-breakpoint
create trigger count_changed after update on contacts referencing old table as gone new table as added
  for each statement execute function count_contacts();
