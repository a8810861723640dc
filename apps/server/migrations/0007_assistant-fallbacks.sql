ALTER TABLE "assistants" ADD COLUMN "transcriptor_keyterms" text[];--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_llm_provider" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_llm_model" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_voice_provider" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_voice_model" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_voice_id" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_transcriptor_provider" text;--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "fallback_transcriptor_model" text;