CREATE TABLE "call_day_replies" (
	"account_id" text NOT NULL,
	"day" date NOT NULL,
	"assistant_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"bucket" smallint NOT NULL,
	"replies" integer NOT NULL,
	CONSTRAINT "call_day_replies_pk" PRIMARY KEY("account_id","day","assistant_id","campaign_id","bucket")
);
--> statement-breakpoint
CREATE TABLE "call_days" (
	"account_id" text NOT NULL,
	"day" date NOT NULL,
	"assistant_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"outcome" text NOT NULL,
	"calls" integer NOT NULL,
	"answered" integer NOT NULL,
	"duration_ms" bigint NOT NULL,
	CONSTRAINT "call_days_pk" PRIMARY KEY("account_id","day","assistant_id","campaign_id","outcome")
);
--> statement-breakpoint
CREATE TABLE "call_days_done" (
	"id" integer PRIMARY KEY NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_day_replies" ADD CONSTRAINT "call_day_replies_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_days" ADD CONSTRAINT "call_days_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calls_day" ON "calls" USING brin ("started_at");