CREATE TABLE IF NOT EXISTS "board__migrations" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_board__migrations" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "board_cards" (
    "id" TEXT NOT NULL CONSTRAINT "PK_board_cards" PRIMARY KEY,
    "agent" TEXT NOT NULL,
    "session_id" TEXT NULL,
    "native_id" TEXT NULL,
    "pid" INTEGER NULL,
    "proc_start" TEXT NULL,
    "socket" TEXT NULL,
    "pane" TEXT NULL,
    "cwd" TEXT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NULL,
    "since_ms" INTEGER NOT NULL,
    "confidence" TEXT NOT NULL,
    "source" TEXT NULL,
    "detail" TEXT NULL,
    "known_state" TEXT NULL,
    "known_reason" TEXT NULL,
    "known_since_ms" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "created_at_ms" INTEGER NOT NULL,
    "changed_seq" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL
);

CREATE TABLE "board_errors" (
    "session_id" TEXT NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "PK_board_errors" PRIMARY KEY ("session_id", "at_ms", "code")
);

CREATE TABLE "board_evidence" (
    "card_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "reason" TEXT NULL,
    "detail" TEXT NULL,
    "at_ms" INTEGER NOT NULL,
    "valid_until_ms" INTEGER NULL,
    CONSTRAINT "PK_board_evidence" PRIMARY KEY ("card_id", "source")
);

CREATE TABLE "board_hook_counts" (
    "agent" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "problems" INTEGER NOT NULL,
    "last_at_ms" INTEGER NOT NULL,
    CONSTRAINT "PK_board_hook_counts" PRIMARY KEY ("agent", "event")
);

CREATE TABLE "board_hooks" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_board_hooks" PRIMARY KEY AUTOINCREMENT,
    "agent" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "native_id" TEXT NULL,
    "at_ms" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "problem" TEXT NULL,
    "payload" BLOB NOT NULL
);

CREATE TABLE "board_marks" (
    "card_id" TEXT NOT NULL CONSTRAINT "PK_board_marks" PRIMARY KEY,
    "pinned" INTEGER NOT NULL,
    "muted" INTEGER NOT NULL,
    "snoozed_until_ms" INTEGER NULL,
    "snoozed_until_change" INTEGER NOT NULL,
    "seen_at_ms" INTEGER NOT NULL
);

CREATE TABLE "board_responses" (
    "identity" TEXT NOT NULL CONSTRAINT "PK_board_responses" PRIMARY KEY,
    "session_id" TEXT NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "sidechain" INTEGER NOT NULL,
    "stated_at_ms" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL
);

CREATE TABLE "board_rollups" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_board_rollups" PRIMARY KEY,
    "project_path" TEXT NULL,
    "branch" TEXT NULL,
    "place_at_ms" INTEGER NOT NULL,
    "last_ask" TEXT NULL,
    "last_ask_at_ms" INTEGER NOT NULL,
    "last_action" TEXT NULL,
    "last_action_kind" TEXT NULL,
    "last_action_at_ms" INTEGER NOT NULL,
    "model" TEXT NULL,
    "model_at_ms" INTEGER NOT NULL,
    "context_tokens" INTEGER NOT NULL,
    "context_at_ms" INTEGER NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "responses" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "last_error_at_ms" INTEGER NOT NULL
);

CREATE INDEX "ix_board_response_row_session_id_at_ms" ON "board_responses" ("session_id", "at_ms");

INSERT INTO "board__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125121050_Initial', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "board_deliveries" (
    "id" TEXT NOT NULL CONSTRAINT "PK_board_deliveries" PRIMARY KEY,
    "card_id" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "as_command" INTEGER NOT NULL,
    "fingerprint" TEXT NULL,
    "idempotency_key" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "retry_of" TEXT NULL,
    "card_state" TEXT NOT NULL,
    "card_reason" TEXT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NULL,
    "evidence" TEXT NULL,
    "pane" TEXT NULL,
    "set_draft_aside" INTEGER NOT NULL,
    "created_at_ms" INTEGER NOT NULL,
    "typed_at_ms" INTEGER NULL,
    "submitted_at_ms" INTEGER NULL,
    "ended_at_ms" INTEGER NULL,
    "dismissed_at_ms" INTEGER NULL,
    "revision" INTEGER NOT NULL,
    "changed_seq" INTEGER NOT NULL
);

CREATE INDEX "ix_board_delivery_row_card_id_created_at_ms" ON "board_deliveries" ("card_id", "created_at_ms");

CREATE UNIQUE INDEX "ix_board_delivery_row_idempotency_key" ON "board_deliveries" ("idempotency_key");

CREATE INDEX "ix_board_delivery_row_state_created_at_ms" ON "board_deliveries" ("state", "created_at_ms");

INSERT INTO "board__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125133533_Deliveries', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
DROP TABLE "board_responses";

CREATE TABLE "ef_temp_board_rollups" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_board_rollups" PRIMARY KEY,
    "branch" TEXT NULL,
    "context_at_ms" INTEGER NOT NULL,
    "context_tokens" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "last_action" TEXT NULL,
    "last_action_at_ms" INTEGER NOT NULL,
    "last_action_kind" TEXT NULL,
    "last_ask" TEXT NULL,
    "last_ask_at_ms" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "last_error_at_ms" INTEGER NOT NULL,
    "model" TEXT NULL,
    "model_at_ms" INTEGER NOT NULL,
    "place_at_ms" INTEGER NOT NULL,
    "project_path" TEXT NULL
);

INSERT INTO "ef_temp_board_rollups" ("session_id", "branch", "context_at_ms", "context_tokens", "errors", "last_action", "last_action_at_ms", "last_action_kind", "last_ask", "last_ask_at_ms", "last_error", "last_error_at_ms", "model", "model_at_ms", "place_at_ms", "project_path")
SELECT "session_id", "branch", "context_at_ms", "context_tokens", "errors", "last_action", "last_action_at_ms", "last_action_kind", "last_ask", "last_ask_at_ms", "last_error", "last_error_at_ms", "model", "model_at_ms", "place_at_ms", "project_path"
FROM "board_rollups";

COMMIT;

PRAGMA foreign_keys = 0;

BEGIN TRANSACTION;
DROP TABLE "board_rollups";

ALTER TABLE "ef_temp_board_rollups" RENAME TO "board_rollups";

COMMIT;

PRAGMA foreign_keys = 1;

INSERT INTO "board__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125143509_TokensAreCountedElsewhere', '10.0.15');

