CREATE TABLE IF NOT EXISTS "sessions__migrations" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_sessions__migrations" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "sessions_edits" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sessions_edits" PRIMARY KEY AUTOINCREMENT,
    "item_key" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "at_ms" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,
    "removed" INTEGER NOT NULL
);

CREATE TABLE "sessions_generations" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sessions_generations" PRIMARY KEY AUTOINCREMENT,
    "transcript_id" INTEGER NOT NULL,
    "device" INTEGER NOT NULL,
    "inode" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "modified_ns" INTEGER NOT NULL,
    "committed_bytes" INTEGER NOT NULL,
    "prefix_hash" BLOB NOT NULL,
    "reader_version" INTEGER NOT NULL,
    "reader_state" BLOB NOT NULL,
    "revision" INTEGER NOT NULL,
    "items" INTEGER NOT NULL,
    "item_lines" INTEGER NOT NULL,
    "folded_lines" INTEGER NOT NULL,
    "unknown_lines" INTEGER NOT NULL,
    "malformed_lines" INTEGER NOT NULL,
    "blank_lines" INTEGER NOT NULL,
    "prompts" INTEGER NOT NULL,
    "replies" INTEGER NOT NULL,
    "tools" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "added_lines" INTEGER NOT NULL,
    "removed_lines" INTEGER NOT NULL,
    "superseded" INTEGER NOT NULL
);

CREATE TABLE "sessions_items" (
    "key" INTEGER NOT NULL CONSTRAINT "PK_sessions_items" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "block" INTEGER NOT NULL,
    "at_ms" INTEGER NULL,
    "name" TEXT NULL,
    "call_id" TEXT NULL,
    "flags" INTEGER NOT NULL,
    "preview" TEXT NOT NULL,
    "result_offset" INTEGER NULL,
    "result_length" INTEGER NOT NULL,
    "outcome" TEXT NULL,
    "agent_id" TEXT NULL,
    "images" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL
);

CREATE TABLE "sessions_sessions" (
    "id" TEXT NOT NULL CONSTRAINT "PK_sessions_sessions" PRIMARY KEY,
    "machine" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "native_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_rank" INTEGER NOT NULL,
    "project_path" TEXT NULL,
    "cwd" TEXT NULL,
    "branch" TEXT NULL,
    "model" TEXT NULL,
    "version" TEXT NULL,
    "started_at_ms" INTEGER NULL,
    "last_at_ms" INTEGER NOT NULL,
    "prompts" INTEGER NOT NULL,
    "replies" INTEGER NOT NULL,
    "tools" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "items" INTEGER NOT NULL,
    "added_lines" INTEGER NOT NULL,
    "removed_lines" INTEGER NOT NULL,
    "agents" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "committed_bytes" INTEGER NOT NULL,
    "unknown_lines" INTEGER NOT NULL,
    "malformed_lines" INTEGER NOT NULL,
    "last_prompt" TEXT NULL,
    "last_reply" TEXT NULL,
    "parent_native_id" TEXT NULL,
    "internal" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "changed_seq" INTEGER NOT NULL
);

CREATE TABLE "sessions_transcripts" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sessions_transcripts" PRIMARY KEY AUTOINCREMENT,
    "session_id" TEXT NOT NULL,
    "agent_id" TEXT NULL,
    "agent_type" TEXT NULL,
    "description" TEXT NULL,
    "parent_call_id" TEXT NULL,
    "agent" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "model" TEXT NULL,
    "started_at_ms" INTEGER NULL,
    "last_at_ms" INTEGER NULL
);

CREATE TABLE "sessions_unknown_types" (
    "generation" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_offset" INTEGER NOT NULL,
    CONSTRAINT "PK_sessions_unknown_types" PRIMARY KEY ("generation", "version", "type")
);

CREATE INDEX "ix_sessions_edit_row_item_key" ON "sessions_edits" ("item_key");

CREATE INDEX "ix_sessions_generation_row_transcript_id" ON "sessions_generations" ("transcript_id");

CREATE INDEX "ix_sessions_session_row_changed_seq" ON "sessions_sessions" ("changed_seq");

CREATE INDEX "ix_sessions_session_row_last_at_ms_id" ON "sessions_sessions" ("last_at_ms", "id");

CREATE UNIQUE INDEX "ix_sessions_session_row_machine_agent_native_id" ON "sessions_sessions" ("machine", "agent", "native_id");

CREATE UNIQUE INDEX "ix_sessions_transcript_row_path" ON "sessions_transcripts" ("path");

CREATE INDEX "ix_sessions_transcript_row_session_id_agent_id" ON "sessions_transcripts" ("session_id", "agent_id");

INSERT INTO "sessions__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261125055919_Initial', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "sessions_kept_files" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sessions_kept_files" PRIMARY KEY AUTOINCREMENT,
    "generation" INTEGER NOT NULL,
    "agent" TEXT NOT NULL,
    "root" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "stored_bytes" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "chain" BLOB NOT NULL,
    "device" INTEGER NOT NULL,
    "inode" INTEGER NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "modified_ns" INTEGER NOT NULL,
    "read_bytes" INTEGER NOT NULL,
    "read_hash" BLOB NOT NULL,
    "dropped" INTEGER NOT NULL
);

CREATE TABLE "sessions_kept_frames" (
    "kept_file" INTEGER NOT NULL,
    "offset" INTEGER NOT NULL,
    "length" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "stored_bytes" INTEGER NOT NULL,
    "hash" BLOB NOT NULL,
    CONSTRAINT "PK_sessions_kept_frames" PRIMARY KEY ("kept_file", "offset")
);

CREATE UNIQUE INDEX "ix_sessions_kept_file_row_file" ON "sessions_kept_files" ("file");

CREATE INDEX "ix_sessions_kept_file_row_generation" ON "sessions_kept_files" ("generation");

CREATE INDEX "ix_sessions_kept_file_row_path" ON "sessions_kept_files" ("path");

INSERT INTO "sessions__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129120841_KeepTranscripts', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "sessions_transcripts" ADD "context_tokens" INTEGER NULL;

ALTER TABLE "sessions_transcripts" ADD "context_window" INTEGER NULL;

CREATE TABLE "sessions_curation" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_sessions_curation" PRIMARY KEY,
    "title" TEXT NULL,
    "pinned" INTEGER NOT NULL,
    "starred" INTEGER NOT NULL,
    "archived" INTEGER NOT NULL,
    "read_at_ms" INTEGER NULL,
    "revision" INTEGER NOT NULL
);

CREATE TABLE "sessions_digests" (
    "session_id" TEXT NOT NULL CONSTRAINT "PK_sessions_digests" PRIMARY KEY,
    "seq" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "is_fork" INTEGER NOT NULL,
    "findings" TEXT NOT NULL,
    "brief" TEXT NOT NULL
);

CREATE TABLE "sessions_note_links" (
    "note_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    CONSTRAINT "PK_sessions_note_links" PRIMARY KEY ("note_id", "session_id")
);

CREATE TABLE "sessions_notes" (
    "id" TEXT NOT NULL CONSTRAINT "PK_sessions_notes" PRIMARY KEY,
    "session_id" TEXT NOT NULL,
    "agent_id" TEXT NULL,
    "anchor" TEXT NULL,
    "item_preview" TEXT NULL,
    "text" TEXT NOT NULL,
    "created_at_ms" INTEGER NOT NULL,
    "changed_at_ms" INTEGER NOT NULL
);

CREATE TABLE "sessions_open_loops" (
    "session_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "at_ms" INTEGER NULL,
    CONSTRAINT "PK_sessions_open_loops" PRIMARY KEY ("session_id", "kind")
);

CREATE TABLE "sessions_read_start" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sessions_read_start" PRIMARY KEY,
    "at_ms" INTEGER NOT NULL
);

CREATE TABLE "sessions_session_tags" (
    "session_id" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "is_on" INTEGER NOT NULL,
    CONSTRAINT "PK_sessions_session_tags" PRIMARY KEY ("session_id", "tag")
);

CREATE TABLE "sessions_tags" (
    "name" TEXT NOT NULL CONSTRAINT "PK_sessions_tags" PRIMARY KEY,
    "color" TEXT NOT NULL,
    "rule" TEXT NULL
);

CREATE TABLE "sessions_touched" (
    "path" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "edits" INTEGER NOT NULL,
    CONSTRAINT "PK_sessions_touched" PRIMARY KEY ("path", "session_id")
);

CREATE TABLE "sessions_views" (
    "name" TEXT NOT NULL CONSTRAINT "PK_sessions_views" PRIMARY KEY,
    "filter" TEXT NOT NULL,
    "created_at_ms" INTEGER NOT NULL
);

CREATE INDEX "ix_sessions_note_link_row_session_id" ON "sessions_note_links" ("session_id");

CREATE INDEX "ix_sessions_note_row_session_id" ON "sessions_notes" ("session_id");

CREATE INDEX "ix_sessions_session_tag_row_tag" ON "sessions_session_tags" ("tag");

CREATE INDEX "ix_sessions_touched_row_session_id" ON "sessions_touched" ("session_id");

INSERT INTO "sessions__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129131948_Curation', '10.0.15');

COMMIT;

BEGIN TRANSACTION;
CREATE INDEX "ix_sessions_digest_row_session_id" ON "sessions_digests" ("session_id") WHERE instr(findings, '"severity":"bad"') > 0;

INSERT INTO "sessions__migrations" ("MigrationId", "ProductVersion")
VALUES ('20261129150844_BadDigests', '10.0.15');

COMMIT;

