CREATE TABLE "vendor_checks" (
	"account_id" text NOT NULL,
	"vendor" text NOT NULL,
	"ok" boolean NOT NULL,
	"source" text NOT NULL,
	"problem" text,
	"message" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "vendor_checks_account_id_vendor_pk" PRIMARY KEY("account_id","vendor")
);
--> statement-breakpoint
CREATE TABLE "vendor_keys" (
	"account_id" text NOT NULL,
	"vendor" text NOT NULL,
	"sealed" text,
	"last_four" text,
	"settings" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_keys_account_id_vendor_pk" PRIMARY KEY("account_id","vendor")
);
--> statement-breakpoint
ALTER TABLE "vendor_checks" ADD CONSTRAINT "vendor_checks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_keys" ADD CONSTRAINT "vendor_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;