ALTER TABLE "campaigns" ADD COLUMN "enrolling_after" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "enrolling_priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "campaigns_enrolling" ON "campaigns" USING btree ("id") WHERE "campaigns"."enrolling_after" is not null;