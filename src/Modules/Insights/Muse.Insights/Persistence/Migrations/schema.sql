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

BEGIN TRANSACTION;
CREATE TABLE "insights_session_spend" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_spend" PRIMARY KEY,
    "responses" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "cost_micro_usd" INTEGER NOT NULL,
    "unpriced_responses" INTEGER NOT NULL
);

CREATE TABLE "insights_spend" (
    "quarter" INTEGER NOT NULL,
    "series_id" INTEGER NOT NULL,
    "responses" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "cache_write5m_tokens" INTEGER NOT NULL,
    "cache_write1h_tokens" INTEGER NOT NULL,
    "cache_read_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "reasoning_tokens" INTEGER NOT NULL,
    "web_searches" INTEGER NOT NULL,
    "cost_micro_usd" INTEGER NOT NULL,
    "unpriced_responses" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_spend" PRIMARY KEY ("quarter", "series_id")
);

CREATE TABLE "insights_spend_series" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_insights_spend_series" PRIMARY KEY AUTOINCREMENT,
    "agent" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "project_path" TEXT NOT NULL
);

CREATE UNIQUE INDEX "ix_insights_spend_series_agent_model_project_path" ON "insights_spend_series" ("agent", "model", "project_path");

INSERT INTO insights_spend_series (agent, model, project_path) SELECT DISTINCT u.agent, coalesce(u.model, ''), coalesce(u.project_path, '') FROM insights_usage u;

INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses)
SELECT max(0, min(u.at_ms, 32503679999999)) / 900000, s.id, sum(1), sum(CASE WHEN u.input_tokens BETWEEN 0 AND 100000000 THEN u.input_tokens ELSE 0 END), sum(CASE WHEN u.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN u.cache_write5m_tokens ELSE 0 END), sum(CASE WHEN u.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN u.cache_write1h_tokens ELSE 0 END), sum(CASE WHEN u.cache_read_tokens BETWEEN 0 AND 100000000 THEN u.cache_read_tokens ELSE 0 END), sum(CASE WHEN u.output_tokens BETWEEN 0 AND 100000000 THEN u.output_tokens ELSE 0 END), sum(CASE WHEN u.reasoning_tokens BETWEEN 0 AND 100000000 THEN u.reasoning_tokens ELSE 0 END), sum(CASE WHEN u.web_searches BETWEEN 0 AND 100000000 THEN u.web_searches ELSE 0 END), sum(coalesce(u.cost_micro_usd, 0)), sum((u.cost_micro_usd IS NULL))
FROM insights_usage u JOIN insights_spend_series s ON (s.agent, s.model, s.project_path) = (u.agent, coalesce(u.model, ''), coalesce(u.project_path, '')) GROUP BY 1, 2;

INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses)
SELECT u.session_id, sum(1), sum((CASE WHEN u.input_tokens BETWEEN 0 AND 100000000 THEN u.input_tokens ELSE 0 END) + (CASE WHEN u.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN u.cache_write5m_tokens ELSE 0 END) + (CASE WHEN u.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN u.cache_write1h_tokens ELSE 0 END) + (CASE WHEN u.cache_read_tokens BETWEEN 0 AND 100000000 THEN u.cache_read_tokens ELSE 0 END)), sum(CASE WHEN u.output_tokens BETWEEN 0 AND 100000000 THEN u.output_tokens ELSE 0 END), sum(coalesce(u.cost_micro_usd, 0)), sum((u.cost_micro_usd IS NULL)) FROM insights_usage u GROUP BY 1;

CREATE TRIGGER "insights_usage_added" AFTER INSERT ON insights_usage BEGIN INSERT INTO insights_spend_series (agent, model, project_path) VALUES (NEW.agent, coalesce(NEW.model, ''), coalesce(NEW.project_path, '')) ON CONFLICT DO NOTHING;
INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses)
SELECT max(0, min(NEW.at_ms, 32503679999999)) / 900000, s.id, +(1), +(CASE WHEN NEW.input_tokens BETWEEN 0 AND 100000000 THEN NEW.input_tokens ELSE 0 END), +(CASE WHEN NEW.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write5m_tokens ELSE 0 END), +(CASE WHEN NEW.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write1h_tokens ELSE 0 END), +(CASE WHEN NEW.cache_read_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_read_tokens ELSE 0 END), +(CASE WHEN NEW.output_tokens BETWEEN 0 AND 100000000 THEN NEW.output_tokens ELSE 0 END), +(CASE WHEN NEW.reasoning_tokens BETWEEN 0 AND 100000000 THEN NEW.reasoning_tokens ELSE 0 END), +(CASE WHEN NEW.web_searches BETWEEN 0 AND 100000000 THEN NEW.web_searches ELSE 0 END), +(coalesce(NEW.cost_micro_usd, 0)), +((NEW.cost_micro_usd IS NULL)) FROM insights_spend_series s WHERE (s.agent, s.model, s.project_path) = (NEW.agent, coalesce(NEW.model, ''), coalesce(NEW.project_path, ''))
ON CONFLICT (quarter, series_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, cache_write5m_tokens = cache_write5m_tokens + excluded.cache_write5m_tokens, cache_write1h_tokens = cache_write1h_tokens + excluded.cache_write1h_tokens, cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, output_tokens = output_tokens + excluded.output_tokens, reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, web_searches = web_searches + excluded.web_searches, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses;
INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) VALUES (NEW.session_id, +(1), +((CASE WHEN NEW.input_tokens BETWEEN 0 AND 100000000 THEN NEW.input_tokens ELSE 0 END) + (CASE WHEN NEW.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write5m_tokens ELSE 0 END) + (CASE WHEN NEW.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write1h_tokens ELSE 0 END) + (CASE WHEN NEW.cache_read_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_read_tokens ELSE 0 END)), +(CASE WHEN NEW.output_tokens BETWEEN 0 AND 100000000 THEN NEW.output_tokens ELSE 0 END), +(coalesce(NEW.cost_micro_usd, 0)), +((NEW.cost_micro_usd IS NULL)))
ON CONFLICT (session_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses; END;

CREATE TRIGGER "insights_usage_taken" AFTER DELETE ON insights_usage BEGIN INSERT INTO insights_spend_series (agent, model, project_path) VALUES (OLD.agent, coalesce(OLD.model, ''), coalesce(OLD.project_path, '')) ON CONFLICT DO NOTHING;
INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses)
SELECT max(0, min(OLD.at_ms, 32503679999999)) / 900000, s.id, -(1), -(CASE WHEN OLD.input_tokens BETWEEN 0 AND 100000000 THEN OLD.input_tokens ELSE 0 END), -(CASE WHEN OLD.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write5m_tokens ELSE 0 END), -(CASE WHEN OLD.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write1h_tokens ELSE 0 END), -(CASE WHEN OLD.cache_read_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_read_tokens ELSE 0 END), -(CASE WHEN OLD.output_tokens BETWEEN 0 AND 100000000 THEN OLD.output_tokens ELSE 0 END), -(CASE WHEN OLD.reasoning_tokens BETWEEN 0 AND 100000000 THEN OLD.reasoning_tokens ELSE 0 END), -(CASE WHEN OLD.web_searches BETWEEN 0 AND 100000000 THEN OLD.web_searches ELSE 0 END), -(coalesce(OLD.cost_micro_usd, 0)), -((OLD.cost_micro_usd IS NULL)) FROM insights_spend_series s WHERE (s.agent, s.model, s.project_path) = (OLD.agent, coalesce(OLD.model, ''), coalesce(OLD.project_path, ''))
ON CONFLICT (quarter, series_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, cache_write5m_tokens = cache_write5m_tokens + excluded.cache_write5m_tokens, cache_write1h_tokens = cache_write1h_tokens + excluded.cache_write1h_tokens, cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, output_tokens = output_tokens + excluded.output_tokens, reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, web_searches = web_searches + excluded.web_searches, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses;
INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) VALUES (OLD.session_id, -(1), -((CASE WHEN OLD.input_tokens BETWEEN 0 AND 100000000 THEN OLD.input_tokens ELSE 0 END) + (CASE WHEN OLD.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write5m_tokens ELSE 0 END) + (CASE WHEN OLD.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write1h_tokens ELSE 0 END) + (CASE WHEN OLD.cache_read_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_read_tokens ELSE 0 END)), -(CASE WHEN OLD.output_tokens BETWEEN 0 AND 100000000 THEN OLD.output_tokens ELSE 0 END), -(coalesce(OLD.cost_micro_usd, 0)), -((OLD.cost_micro_usd IS NULL)))
ON CONFLICT (session_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses; END;

CREATE TRIGGER "insights_usage_changed" AFTER UPDATE ON insights_usage BEGIN INSERT INTO insights_spend_series (agent, model, project_path) VALUES (OLD.agent, coalesce(OLD.model, ''), coalesce(OLD.project_path, '')) ON CONFLICT DO NOTHING;
INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses)
SELECT max(0, min(OLD.at_ms, 32503679999999)) / 900000, s.id, -(1), -(CASE WHEN OLD.input_tokens BETWEEN 0 AND 100000000 THEN OLD.input_tokens ELSE 0 END), -(CASE WHEN OLD.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write5m_tokens ELSE 0 END), -(CASE WHEN OLD.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write1h_tokens ELSE 0 END), -(CASE WHEN OLD.cache_read_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_read_tokens ELSE 0 END), -(CASE WHEN OLD.output_tokens BETWEEN 0 AND 100000000 THEN OLD.output_tokens ELSE 0 END), -(CASE WHEN OLD.reasoning_tokens BETWEEN 0 AND 100000000 THEN OLD.reasoning_tokens ELSE 0 END), -(CASE WHEN OLD.web_searches BETWEEN 0 AND 100000000 THEN OLD.web_searches ELSE 0 END), -(coalesce(OLD.cost_micro_usd, 0)), -((OLD.cost_micro_usd IS NULL)) FROM insights_spend_series s WHERE (s.agent, s.model, s.project_path) = (OLD.agent, coalesce(OLD.model, ''), coalesce(OLD.project_path, ''))
ON CONFLICT (quarter, series_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, cache_write5m_tokens = cache_write5m_tokens + excluded.cache_write5m_tokens, cache_write1h_tokens = cache_write1h_tokens + excluded.cache_write1h_tokens, cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, output_tokens = output_tokens + excluded.output_tokens, reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, web_searches = web_searches + excluded.web_searches, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses;
INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) VALUES (OLD.session_id, -(1), -((CASE WHEN OLD.input_tokens BETWEEN 0 AND 100000000 THEN OLD.input_tokens ELSE 0 END) + (CASE WHEN OLD.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write5m_tokens ELSE 0 END) + (CASE WHEN OLD.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_write1h_tokens ELSE 0 END) + (CASE WHEN OLD.cache_read_tokens BETWEEN 0 AND 100000000 THEN OLD.cache_read_tokens ELSE 0 END)), -(CASE WHEN OLD.output_tokens BETWEEN 0 AND 100000000 THEN OLD.output_tokens ELSE 0 END), -(coalesce(OLD.cost_micro_usd, 0)), -((OLD.cost_micro_usd IS NULL)))
ON CONFLICT (session_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses; INSERT INTO insights_spend_series (agent, model, project_path) VALUES (NEW.agent, coalesce(NEW.model, ''), coalesce(NEW.project_path, '')) ON CONFLICT DO NOTHING;
INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens, reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses)
SELECT max(0, min(NEW.at_ms, 32503679999999)) / 900000, s.id, +(1), +(CASE WHEN NEW.input_tokens BETWEEN 0 AND 100000000 THEN NEW.input_tokens ELSE 0 END), +(CASE WHEN NEW.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write5m_tokens ELSE 0 END), +(CASE WHEN NEW.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write1h_tokens ELSE 0 END), +(CASE WHEN NEW.cache_read_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_read_tokens ELSE 0 END), +(CASE WHEN NEW.output_tokens BETWEEN 0 AND 100000000 THEN NEW.output_tokens ELSE 0 END), +(CASE WHEN NEW.reasoning_tokens BETWEEN 0 AND 100000000 THEN NEW.reasoning_tokens ELSE 0 END), +(CASE WHEN NEW.web_searches BETWEEN 0 AND 100000000 THEN NEW.web_searches ELSE 0 END), +(coalesce(NEW.cost_micro_usd, 0)), +((NEW.cost_micro_usd IS NULL)) FROM insights_spend_series s WHERE (s.agent, s.model, s.project_path) = (NEW.agent, coalesce(NEW.model, ''), coalesce(NEW.project_path, ''))
ON CONFLICT (quarter, series_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, cache_write5m_tokens = cache_write5m_tokens + excluded.cache_write5m_tokens, cache_write1h_tokens = cache_write1h_tokens + excluded.cache_write1h_tokens, cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, output_tokens = output_tokens + excluded.output_tokens, reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens, web_searches = web_searches + excluded.web_searches, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses;
INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) VALUES (NEW.session_id, +(1), +((CASE WHEN NEW.input_tokens BETWEEN 0 AND 100000000 THEN NEW.input_tokens ELSE 0 END) + (CASE WHEN NEW.cache_write5m_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write5m_tokens ELSE 0 END) + (CASE WHEN NEW.cache_write1h_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_write1h_tokens ELSE 0 END) + (CASE WHEN NEW.cache_read_tokens BETWEEN 0 AND 100000000 THEN NEW.cache_read_tokens ELSE 0 END)), +(CASE WHEN NEW.output_tokens BETWEEN 0 AND 100000000 THEN NEW.output_tokens ELSE 0 END), +(coalesce(NEW.cost_micro_usd, 0)), +((NEW.cost_micro_usd IS NULL)))
ON CONFLICT (session_id) DO UPDATE SET responses = responses + excluded.responses, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, cost_micro_usd = cost_micro_usd + excluded.cost_micro_usd, unpriced_responses = unpriced_responses + excluded.unpriced_responses; END;

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129064619_SpendRollups', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE INDEX "ix_insights_usage_entry_at_ms" ON "insights_usage" ("at_ms");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129085228_UsageByAnyTime', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
DROP TRIGGER insights_usage_added;

DROP TRIGGER insights_usage_taken;

DROP TRIGGER insights_usage_changed;

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129100459_SpendByItsWriters', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "insights_commit_files" (
    "repository_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "added_lines" INTEGER NOT NULL,
    "removed_lines" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_commit_files" PRIMARY KEY ("repository_id", "hash", "path")
);

CREATE TABLE "insights_commit_origins" (
    "repository_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "confidence" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "is_counted" INTEGER NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "project_path" TEXT NOT NULL,
    "fate" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_commit_origins" PRIMARY KEY ("repository_id", "hash", "session_id")
);

CREATE TABLE "insights_commits" (
    "repository_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "tree" TEXT NOT NULL,
    "parents" TEXT NOT NULL,
    "author_ms" INTEGER NOT NULL,
    "committer_ms" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "patch_id" TEXT NULL,
    "inverse_patch_id" TEXT NULL,
    "branch_patch_id" TEXT NULL,
    "reverts" TEXT NULL,
    "made_in" TEXT NULL,
    "is_reachable" INTEGER NOT NULL,
    "reverted_by" TEXT NULL,
    "replaced_by" TEXT NULL,
    "added_lines" INTEGER NOT NULL,
    "removed_lines" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_commits" PRIMARY KEY ("repository_id", "hash")
);

CREATE TABLE "insights_git_folders" (
    "folder" TEXT NOT NULL CONSTRAINT "PK_insights_git_folders" PRIMARY KEY,
    "worktree" TEXT NULL,
    "looked_at_ms" INTEGER NOT NULL
);

CREATE TABLE "insights_repositories" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_insights_repositories" PRIMARY KEY AUTOINCREMENT,
    "common_dir" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT NULL,
    "print" TEXT NULL,
    "tips" TEXT NOT NULL,
    "since_ms" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "looked_at_ms" INTEGER NOT NULL
);

CREATE TABLE "insights_seen_commits" (
    "session_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "subject" TEXT NULL,
    "at_ms" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_seen_commits" PRIMARY KEY ("session_id", "hash")
);

CREATE TABLE "insights_session_edits" (
    "session_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "added_lines" INTEGER NOT NULL,
    "removed_lines" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_session_edits" PRIMARY KEY ("session_id", "path", "at_ms")
);

CREATE TABLE "insights_session_errors" (
    "at_ms" INTEGER NOT NULL,
    "session_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "PK_insights_session_errors" PRIMARY KEY ("at_ms", "session_id", "code")
);

CREATE TABLE "insights_session_folders" (
    "folder" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    CONSTRAINT "PK_insights_session_folders" PRIMARY KEY ("session_id", "folder")
);

CREATE TABLE "insights_session_work" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_work" PRIMARY KEY,
    "agent" TEXT NOT NULL,
    "project_path" TEXT NOT NULL,
    "project_at_ms" INTEGER NOT NULL,
    "first_at_ms" INTEGER NOT NULL,
    "last_at_ms" INTEGER NOT NULL,
    "is_stale" INTEGER NOT NULL
);

CREATE TABLE "insights_session_yields" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_yields" PRIMARY KEY,
    "shipped" INTEGER NOT NULL,
    "reverted" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "low" INTEGER NOT NULL,
    "shipped_lines" INTEGER NOT NULL,
    "is_traceable" INTEGER NOT NULL
);

CREATE TABLE "insights_worktrees" (
    "folder" TEXT NOT NULL CONSTRAINT "PK_insights_worktrees" PRIMARY KEY,
    "repository_id" INTEGER NULL,
    "git_dir" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT NULL,
    "looked_at_ms" INTEGER NOT NULL
);

CREATE INDEX "ix_insights_commit_origin_at_ms_fate_confidence_model_project_path" ON "insights_commit_origins" ("at_ms", "fate", "confidence", "model", "project_path") WHERE is_counted = 1;

CREATE INDEX "ix_insights_commit_origin_session_id" ON "insights_commit_origins" ("session_id");

CREATE UNIQUE INDEX "ix_insights_repository_common_dir" ON "insights_repositories" ("common_dir");

CREATE INDEX "ix_insights_session_folder_folder" ON "insights_session_folders" ("folder");

CREATE INDEX "ix_insights_session_work_is_stale" ON "insights_session_work" ("is_stale") WHERE is_stale = 1;

CREATE INDEX "ix_insights_session_work_last_at_ms" ON "insights_session_work" ("last_at_ms");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129125103_CommitsAndTheirOrigins', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "insights_usage_windows" (
    "agent" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "end_step" INTEGER NOT NULL,
    "first_at_ms" INTEGER NOT NULL,
    "first_basis_points" INTEGER NOT NULL,
    "last_at_ms" INTEGER NOT NULL,
    "last_basis_points" INTEGER NOT NULL,
    "ends_at_ms" INTEGER NULL,
    "plan" TEXT NULL,
    CONSTRAINT "PK_insights_usage_windows" PRIMARY KEY ("agent", "name", "minutes", "end_step")
);

CREATE INDEX "ix_insights_usage_window_last_at_ms" ON "insights_usage_windows" ("last_at_ms");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129130211_UsageWindows', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX "ix_insights_session_work_last_at_ms";

ALTER TABLE "insights_session_errors" ADD "agent_id" TEXT NOT NULL DEFAULT '';

ALTER TABLE "insights_session_errors" ADD "generation" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "insights_session_errors" ADD "ordinal" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "insights_session_asks" (
    "at_ms" INTEGER NOT NULL,
    "session_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_session_asks" PRIMARY KEY ("at_ms", "session_id", "text")
) WITHOUT ROWID;

CREATE TABLE "insights_tool_errors" (
    "at_ms" INTEGER NOT NULL,
    "session_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_tool_errors" PRIMARY KEY ("at_ms", "session_id", "tool", "agent_id")
) WITHOUT ROWID;

CREATE TABLE "insights_session_spend_by_id" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_spend" PRIMARY KEY,
    "responses" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "cost_micro_usd" INTEGER NOT NULL,
    "unpriced_responses" INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO insights_session_spend_by_id (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) SELECT session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses FROM insights_session_spend;

DROP TABLE insights_session_spend;

ALTER TABLE insights_session_spend_by_id RENAME TO insights_session_spend;

CREATE TABLE "insights_session_yields_by_id" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_insights_session_yields" PRIMARY KEY,
    "shipped" INTEGER NOT NULL,
    "reverted" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "low" INTEGER NOT NULL,
    "shipped_lines" INTEGER NOT NULL,
    "is_traceable" INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO insights_session_yields_by_id (session_id, shipped, reverted, lost, low, shipped_lines, is_traceable) SELECT session_id, shipped, reverted, lost, low, shipped_lines, is_traceable FROM insights_session_yields;

DROP TABLE insights_session_yields;

ALTER TABLE insights_session_yields_by_id RENAME TO insights_session_yields;

CREATE INDEX "ix_insights_session_work_last_at_ms_session_id" ON "insights_session_work" ("last_at_ms", "session_id");

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129150810_Journal', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "insights_agent_minutes" (
    "quarter" INTEGER NOT NULL,
    "session_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    CONSTRAINT "PK_insights_agent_minutes" PRIMARY KEY ("quarter", "session_id", "agent_id")
) WITHOUT ROWID;

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129154032_AgentMinutes', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "insights_reported_windows" (
    "agent" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "end_step" INTEGER NOT NULL,
    "first_at_ms" INTEGER NOT NULL,
    "first_basis_points" INTEGER NOT NULL,
    "last_at_ms" INTEGER NOT NULL,
    "last_basis_points" INTEGER NOT NULL,
    "ends_at_ms" INTEGER NULL,
    "plan" TEXT NULL,
    CONSTRAINT "PK_insights_reported_windows" PRIMARY KEY ("agent", "name", "minutes", "end_step")
);

INSERT INTO "insights__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129161956_ReportedWindows', '10.0.15');

COMMIT;

