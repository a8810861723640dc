ALTER TABLE "calls" ADD COLUMN "transferred_to" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "cost" jsonb;