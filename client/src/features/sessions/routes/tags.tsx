import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Tag } from "@/api/types";
import { plural } from "@/lib/format";
import { usePageTitle } from "@/lib/page-title";
import { useNotice } from "@/lib/use-notice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ErrorFace, Face } from "@/ui/face";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { dropTag, listTags } from "../api/curation";
import { TagChip } from "../components/tag-chip";
import { TagEditor } from "../components/tag-editor";
import { useLiveCuration } from "../hooks/use-live-curation";
import { formOf, ruleWords } from "../model/tag-rule";
import styles from "./tags.module.css";

const about = (tag: Tag) => {
  const { rule } = formOf(tag);
  return rule === null ? "by hand only" : ruleWords(rule);
};

/** All tags: their colours, what puts them on, and how many sessions carry them. */
export default function TagsRoute() {
  const tags = useQuery(listTags());
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState<Tag | "new" | null>(null);
  const [dropping, setDropping] = useState<Tag | null>(null);
  const [notice, notify] = useNotice(4000);
  usePageTitle("Tags");
  useLiveCuration();
  const done = () => {
    setEditing(null);
    void queryClient.invalidateQueries({ queryKey: ["tags"] });
  };
  const drop = async (tag: Tag) => {
    setDropping(null);
    try {
      await dropTag(tag.name);
      notify(`Tag ${tag.name} deleted`);
      done();
    } catch (error) {
      notify(error instanceof Error ? error.message : "It could not be deleted.");
    }
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>Tags</h1>
        <Button icon="add" look="main" onClick={() => setEditing("new")}>New tag</Button>
      </header>
      {tags.isPending ? (
        <Skeleton label="Loading tags" rows={6} />
      ) : tags.isError ? (
        <ErrorFace title="The tags could not be loaded" error={tags.error} onRetry={() => void tags.refetch()} />
      ) : tags.data.length === 0 ? (
        <Face title="There are no tags yet">A tag groups sessions: put it on by hand, or give it a rule that does.</Face>
      ) : (
        <ul className={styles.list} aria-label="Tags">
          {tags.data.map((tag) => (
            <li key={tag.name} className={styles.tag}>
              <TagChip name={tag.name} />
              <span className={styles.rule}>{about(tag)}</span>
              <Link to="/sessions" search={{ tag: tag.name }} className={styles.count}>{plural(tag.sessions, "session")}</Link>
              <Button look="quiet" aria-label={`Change ${tag.name}`} onClick={() => setEditing(tag)}>Change</Button>
              <Button look="quiet" icon="close" aria-label={`Delete ${tag.name}`} title="Delete" onClick={() => setDropping(tag)} />
            </li>
          ))}
        </ul>
      )}
      {editing !== null && <TagEditor tag={editing === "new" ? null : editing} names={(tags.data ?? []).map((tag) => tag.name)} onClose={done} />}
      {dropping !== null && (
        <Dialog label={`Delete ${dropping.name}?`} open onClose={() => setDropping(null)}>
          <div className={styles.confirm}>
            <p>It is taken off {plural(dropping.sessions, "session")}, and its rule is forgotten. The sessions stay.</p>
            <Button look="main" onClick={() => void drop(dropping)}>Delete the tag</Button>
            <Button onClick={() => setDropping(null)}>Keep it</Button>
          </div>
        </Dialog>
      )}
      <Notice>{notice}</Notice>
    </div>
  );
}
