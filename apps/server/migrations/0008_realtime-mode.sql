ALTER TABLE "assistants" ADD COLUMN "mode" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "realtime_provider" text DEFAULT 'openai-realtime' NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "realtime_model" text DEFAULT 'gpt-realtime' NOT NULL;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "realtime_voice" text DEFAULT 'marin' NOT NULL;