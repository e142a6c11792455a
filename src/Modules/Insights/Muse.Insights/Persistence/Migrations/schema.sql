CREATE TABLE IF NOT EXISTS "insights__migrations" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_insights__migrations" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "insights_usage" (
    "identity" TEXT NOT NULL CONSTRAINT "PK_insights_usage" PRIMARY KEY,
    "session_id" TEXT NOT NULL,
    "agent_id" TEXT NULL,
    "agent" TEXT NOT NULL,
    "project_path" TEXT NULL,
    "at_ms" INTEGER NOT NULL,
    "stated_at_ms" INTEGER NOT NULL,
    "model" TEXT NULL,
    "input_tokens" INTEGER NOT NULL,
    "cache_write5m_tokens" INTEGER NOT NULL,
    "cache_write1h_tokens" INTEGER NOT NULL,
    "cache_read_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "reasoning_tokens" INTEGER NOT NULL,
    "web_searches" INTEGER NOT NULL,
    "sidechain" INTEGER NOT NULL,
    "fast" INTEGER NOT NULL
);

CREATE INDEX "ix_insights_usage_entry_session_id" ON "insights_usage" ("session_id");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125055923_Initial', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX "ix_insights_usage_entry_session_id";

CREATE INDEX "ix_insights_usage_entry_session_id_at_ms" ON "insights_usage" ("session_id", "at_ms");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125143527_UsageByTime', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "insights_usage" ADD "context_window" INTEGER NULL;

ALTER TABLE "insights_usage" ADD "cost_micro_usd" INTEGER NULL;

CREATE TABLE "insights_priced_by" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_insights_priced_by" PRIMARY KEY,
    "sheet" TEXT NOT NULL
);

CREATE INDEX "ix_insights_usage_entry_model" ON "insights_usage" ("model") WHERE cost_micro_usd IS NULL;

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129010722_PricedUsage', '10.0.15');

COMMIT;

