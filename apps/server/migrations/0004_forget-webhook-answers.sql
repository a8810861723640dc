-- A receiver's answer may repeat what it was sent: when words or numbers are taken out of an event, the answers to it go, too.
create function forget_webhook_answers() returns trigger language plpgsql as $$
begin
  update webhook_attempts set response = null where event_id = new.id and response is not null;
  return null;
end
$$;
--> statement-breakpoint
create trigger forget_answers after update of body on events for each row
  when (new.body is distinct from old.body) execute function forget_webhook_answers();
