CREATE TABLE "assistants" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"model" text NOT NULL,
	"provider" text NOT NULL,
	"temperature" double precision NOT NULL,
	"max_tokens" integer NOT NULL,
	"first_message" text NOT NULL,
	"system_prompt" text NOT NULL,
	"voice_provider" text NOT NULL,
	"voice_model" text NOT NULL,
	"voice_id" text NOT NULL,
	"voice_name" text NOT NULL,
	"transcriptor_provider" text NOT NULL,
	"transcriptor_model" text NOT NULL,
	"transcriptor_language" text NOT NULL,
	"recording_enabled" boolean NOT NULL,
	"inbound_enabled" boolean NOT NULL,
	"outbound_enabled" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "call_events" (
	"call_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"type" text NOT NULL,
	"at_ms" integer,
	"data" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_events_call_id_sequence_pk" PRIMARY KEY("call_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "call_marks" (
	"call_id" text NOT NULL,
	"turn" integer NOT NULL,
	"caller_stopped" real NOT NULL,
	"turn_decided" real,
	"first_token" real,
	"first_sentence" real,
	"first_audio" real,
	"first_sound_out" real,
	CONSTRAINT "call_marks_call_id_turn_pk" PRIMARY KEY("call_id","turn")
);
--> statement-breakpoint
CREATE TABLE "call_turns" (
	"call_id" text NOT NULL,
	"index" integer NOT NULL,
	"speaker" text NOT NULL,
	"text" text NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"interrupted" boolean NOT NULL,
	"confidence" real,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "call_turns_call_id_index_pk" PRIMARY KEY("call_id","index")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"assistant_id" text,
	"campaign_id" text,
	"contact_id" text,
	"direction" text NOT NULL,
	"status" text NOT NULL,
	"ended_reason" text,
	"outcome" text,
	"error" text,
	"carrier" text NOT NULL,
	"carrier_ref" text,
	"node_id" text NOT NULL,
	"from_number" text,
	"to_number" text,
	"language" text,
	"machine_detection" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"duration_ms" integer,
	"recording_key" text,
	"event_count" integer DEFAULT 0 NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "calls_status" CHECK ("calls"."status" in ('queued', 'ringing', 'in_progress', 'completed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "campaign_attempts" (
	"call_id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"account_id" text NOT NULL,
	"campaign_contact_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"number" integer NOT NULL,
	"from_number_id" text,
	"from_number" text,
	"to_number" text,
	"state" text DEFAULT 'dialling' NOT NULL,
	"outcome" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "campaign_attempts_state" CHECK ("campaign_attempts"."state" in ('dialling', 'done', 'void'))
);
--> statement-breakpoint
CREATE TABLE "dial_pace" (
	"connection" text PRIMARY KEY NOT NULL,
	"used_until_us" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"contact_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"outcome" text,
	"skip_reason" text,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"last_attempt_at" timestamp (3) with time zone,
	"last_call_id" text,
	"from_number_id" text,
	"zones" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_contacts_status" CHECK ("campaign_contacts"."status" in ('pending', 'calling', 'completed', 'skipped', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "campaign_counts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "campaign_counts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"campaign_id" text NOT NULL,
	"status" text NOT NULL,
	"outcome" text,
	"called" boolean NOT NULL,
	"n" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"company_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"problem" text,
	"from_number_ids" text[] NOT NULL,
	"scheduled_start_at" timestamp (3) with time zone,
	"call_window_start" text NOT NULL,
	"call_window_end" text NOT NULL,
	"call_window_timezone" text NOT NULL,
	"use_contact_timezone" boolean NOT NULL,
	"max_concurrent_calls" integer NOT NULL,
	"max_attempts_per_contact" integer NOT NULL,
	"retry_delay_minutes" double precision,
	"retry_delay_no_answer_minutes" double precision NOT NULL,
	"retry_delay_busy_minutes" double precision NOT NULL,
	"retry_delay_error_minutes" double precision NOT NULL,
	"retry_on_error" boolean NOT NULL,
	"retry_backoff_mode" text NOT NULL,
	"retry_backoff_multiplier" double precision NOT NULL,
	"retry_backoff_max_minutes" double precision NOT NULL,
	"voicemail_action" text NOT NULL,
	"voicemail_message" text,
	"no_auto_complete" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaigns_status" CHECK ("campaigns"."status" in ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"seat" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL,
	"draining" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"website" text,
	"industry" text,
	"company_size" text,
	"address_line1" text,
	"address_line2" text,
	"city" text,
	"state" text,
	"postal_code" text,
	"country" text,
	"phone" text,
	"notes" text,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"search_text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_counts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_counts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"company_id" text NOT NULL,
	"lead_status" text NOT NULL,
	"do_not_call" boolean NOT NULL,
	"n" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"company_id" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"email" text,
	"phone" text,
	"phone_secondary" text,
	"job_title" text,
	"lead_status" text DEFAULT 'new' NOT NULL,
	"source" text,
	"timezone" text,
	"preferred_contact_method" text,
	"do_not_call" boolean DEFAULT false NOT NULL,
	"notes" text,
	"custom_fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"call_count" integer DEFAULT 0 NOT NULL,
	"last_call_id" text,
	"last_call_at" timestamp (3) with time zone,
	"last_call_outcome" text,
	"last_call_duration_seconds" integer,
	"search_text" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "custom_fields" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"entity" text NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"options" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opportunities" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"stage" text NOT NULL,
	"amount" numeric(14, 2),
	"probability" integer,
	"expected_close_date" date,
	"contact_id" text,
	"company_id" text,
	"notes" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"assistant_id" text,
	"type" text NOT NULL,
	"subject_id" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"dispatched_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"owner" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer,
	"answer" text,
	"etag" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_owner_key_pk" PRIMARY KEY("owner","key")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"plan" text NOT NULL,
	"country" text DEFAULT 'US' NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"rate_limit_per_hour" integer NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"user_id" text,
	"key_id" text,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"changes" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"account_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_account_id_user_id_pk" PRIMARY KEY("account_id","user_id"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE "rate_windows" (
	"key" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_windows_key_ends_at_pk" PRIMARY KEY("key","ends_at")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "phone_numbers" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"phone_number" text NOT NULL,
	"provider" text NOT NULL,
	"provider_number_id" text,
	"connection_id" text,
	"status" text NOT NULL,
	"is_trial" boolean NOT NULL,
	"bought_as_trial" boolean NOT NULL,
	"trial_expires_at" timestamp with time zone,
	"assistant_id" text,
	"assistant_position" integer,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"released_at" timestamp with time zone,
	"given_back_at" timestamp with time zone,
	CONSTRAINT "phone_numbers_status" CHECK ("phone_numbers"."status" in ('pending', 'active', 'expired', 'released', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"endpoint_id" text NOT NULL,
	"event_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"status" integer,
	"error" text,
	"response" text
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"endpoint_id" text NOT NULL,
	"event_id" text NOT NULL,
	"subject_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"last_status" integer,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "webhook_deliveries_endpoint_id_event_id_pk" PRIMARY KEY("endpoint_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"assistant_id" text,
	"url" text NOT NULL,
	"description" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_until" timestamp with time zone,
	"enabled" boolean NOT NULL,
	"disabled_reason" text,
	"failing_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_keys" (
	"account_id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"private_key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD CONSTRAINT "assistants_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_events" ADD CONSTRAINT "call_events_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_marks" ADD CONSTRAINT "call_marks_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_turns" ADD CONSTRAINT "call_turns_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_attempts" ADD CONSTRAINT "campaign_attempts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_contacts" ADD CONSTRAINT "campaign_contacts_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_contacts" ADD CONSTRAINT "campaign_contacts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_fields" ADD CONSTRAINT "custom_fields_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_numbers" ADD CONSTRAINT "phone_numbers_assistant_id_assistants_id_fk" FOREIGN KEY ("assistant_id") REFERENCES "public"."assistants"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_keys" ADD CONSTRAINT "webhook_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assistants_account" ON "assistants" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "call_turns_words" ON "call_turns" USING gin ("words");--> statement-breakpoint
CREATE INDEX "calls_account" ON "calls" USING btree ("account_id","started_at","id");--> statement-breakpoint
CREATE INDEX "calls_assistant" ON "calls" USING btree ("assistant_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_contact" ON "calls" USING btree ("contact_id","started_at") WHERE "calls"."contact_id" is not null;--> statement-breakpoint
CREATE INDEX "calls_campaign" ON "calls" USING btree ("campaign_id","started_at") WHERE "calls"."campaign_id" is not null;--> statement-breakpoint
CREATE INDEX "calls_live" ON "calls" USING btree ("node_id") WHERE "calls"."status" in ('queued', 'ringing', 'in_progress');--> statement-breakpoint
CREATE UNIQUE INDEX "calls_carrier_ref" ON "calls" USING btree ("carrier","carrier_ref") WHERE "calls"."carrier_ref" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_attempts_one_live" ON "campaign_attempts" USING btree ("account_id","to_number") WHERE "campaign_attempts"."state" = 'dialling';--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_attempts_fence" ON "campaign_attempts" USING btree ("campaign_contact_id","number") WHERE "campaign_attempts"."state" <> 'void';--> statement-breakpoint
CREATE INDEX "campaign_attempts_live" ON "campaign_attempts" USING btree ("campaign_id") WHERE "campaign_attempts"."state" = 'dialling';--> statement-breakpoint
CREATE INDEX "campaign_attempts_unsettled" ON "campaign_attempts" USING btree ("checked_at") WHERE "campaign_attempts"."state" = 'dialling';--> statement-breakpoint
CREATE INDEX "campaign_attempts_ended" ON "campaign_attempts" USING btree ("campaign_id","ended_at") WHERE "campaign_attempts"."state" = 'done';--> statement-breakpoint
CREATE INDEX "campaign_attempts_contact" ON "campaign_attempts" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_contacts_once" ON "campaign_contacts" USING btree ("campaign_id","contact_id");--> statement-breakpoint
CREATE INDEX "campaign_contacts_due" ON "campaign_contacts" USING btree ("campaign_id","zones","priority" DESC NULLS LAST,"created_at","id") WHERE "campaign_contacts"."status" = 'pending' and "campaign_contacts"."next_attempt_at" is null;--> statement-breakpoint
CREATE INDEX "campaign_contacts_later" ON "campaign_contacts" USING btree ("campaign_id","next_attempt_at") WHERE "campaign_contacts"."status" = 'pending' and "campaign_contacts"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX "campaign_contacts_newest" ON "campaign_contacts" USING btree ("campaign_id","created_at","id");--> statement-breakpoint
CREATE INDEX "campaign_contacts_contact" ON "campaign_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "campaign_counts_campaign" ON "campaign_counts" USING btree ("campaign_id","status");--> statement-breakpoint
CREATE INDEX "campaigns_account" ON "campaigns" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "campaigns_company" ON "campaigns" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "campaigns_running" ON "campaigns" USING btree ("account_id") WHERE "campaigns"."status" = 'running';--> statement-breakpoint
CREATE INDEX "campaigns_scheduled" ON "campaigns" USING btree ("scheduled_start_at") WHERE "campaigns"."status" = 'scheduled';--> statement-breakpoint
CREATE INDEX "nodes_heartbeat" ON "nodes" USING btree ("heartbeat_at");--> statement-breakpoint
CREATE INDEX "companies_newest" ON "companies" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "companies_name" ON "companies" USING btree ("account_id","search_text");--> statement-breakpoint
CREATE INDEX "companies_industry" ON "companies" USING btree ("account_id","industry");--> statement-breakpoint
CREATE INDEX "contact_counts_account" ON "contact_counts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "contact_counts_company" ON "contact_counts" USING btree ("company_id","lead_status","do_not_call");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_phone" ON "contacts" USING btree ("account_id","phone") WHERE "contacts"."phone" is not null;--> statement-breakpoint
CREATE INDEX "contacts_phone_secondary" ON "contacts" USING btree ("account_id","phone_secondary") WHERE "contacts"."phone_secondary" is not null;--> statement-breakpoint
CREATE INDEX "contacts_newest" ON "contacts" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_of_company" ON "contacts" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_lead_status" ON "contacts" USING btree ("account_id","lead_status","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_do_not_call" ON "contacts" USING btree ("account_id","created_at","id") WHERE "contacts"."do_not_call";--> statement-breakpoint
CREATE INDEX "contacts_tags" ON "contacts" USING gin ("tags") WHERE "contacts"."tags" <> '{}';--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("account_id",lower("email")) WHERE "contacts"."email" is not null;--> statement-breakpoint
CREATE INDEX "contacts_name_only" ON "contacts" USING btree ("company_id","last_name","first_name") WHERE "contacts"."phone" is null and "contacts"."email" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_fields_key" ON "custom_fields" USING btree ("account_id","entity","key");--> statement-breakpoint
CREATE INDEX "opportunities_newest" ON "opportunities" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_contact" ON "opportunities" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "opportunities_company" ON "opportunities" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "events_waiting" ON "events" USING btree ("seq") WHERE "events"."dispatched_at" is null;--> statement-breakpoint
CREATE INDEX "events_created" ON "events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject_id","seq");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_slug" ON "accounts" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_log_account" ON "audit_log" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_email" ON "invitations" USING btree ("account_id","email");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_provider" ON "credentials" USING btree ("provider_id","account_id");--> statement-breakpoint
CREATE INDEX "credentials_user" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "two_factors_user" ON "two_factors" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "two_factors_secret" ON "two_factors" USING btree ("secret");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_numbers_held" ON "phone_numbers" USING btree ("phone_number") WHERE "phone_numbers"."status" in ('pending', 'active', 'expired') or ("phone_numbers"."status" = 'released' and "phone_numbers"."given_back_at" is null);--> statement-breakpoint
CREATE INDEX "phone_numbers_account" ON "phone_numbers" USING btree ("account_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "phone_numbers_assistant" ON "phone_numbers" USING btree ("assistant_id") WHERE "phone_numbers"."assistant_id" is not null;--> statement-breakpoint
CREATE INDEX "phone_numbers_trial" ON "phone_numbers" USING btree ("trial_expires_at") WHERE "phone_numbers"."trial_expires_at" is not null;--> statement-breakpoint
CREATE INDEX "phone_numbers_unfinished" ON "phone_numbers" USING btree ("created_at") WHERE "phone_numbers"."status" = 'pending' or ("phone_numbers"."status" = 'released' and "phone_numbers"."given_back_at" is null);--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery" ON "webhook_attempts" USING btree ("endpoint_id","event_id","id");--> statement-breakpoint
CREATE INDEX "webhook_attempts_event" ON "webhook_attempts" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("endpoint_id","next_attempt_at") WHERE "webhook_deliveries"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_order" ON "webhook_deliveries" USING btree ("endpoint_id","subject_id","seq") WHERE "webhook_deliveries"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("endpoint_id","seq");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_event" ON "webhook_deliveries" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_expiry" ON "webhook_deliveries" USING btree ("expires_at") WHERE "webhook_deliveries"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_endpoints_account" ON "webhook_endpoints" USING btree ("account_id","created_at");--> statement-breakpoint
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
--> statement-breakpoint
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
