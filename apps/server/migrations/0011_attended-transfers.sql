ALTER TABLE "assistants" ADD COLUMN "transfer_destinations" jsonb;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "consultation_of" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "consultation_summary" text;--> statement-breakpoint
CREATE INDEX "calls_consultation" ON "calls" USING btree ("consultation_of") WHERE "calls"."consultation_of" is not null;