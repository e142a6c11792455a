import { useQuery } from "@tanstack/react-query";
import { Tabs } from "@/ui/tabs";
import { listNotes } from "../api/curation";
import { getHealth } from "../api/understand";
import { useViewer } from "../hooks/viewer-context";
import type { PanelTab } from "../model/place";
import { AgentsTab } from "./panel-agents";
import { BriefTab } from "./panel-brief";
import { CommitsTab } from "./panel-commits";
import { FilesTab } from "./panel-files";
import { HealthTab } from "./panel-health";
import { NotesTab } from "./panel-notes";
import { RawTab } from "./panel-raw";
import { UsageTab } from "./panel-usage";

const tabs: readonly { name: PanelTab; label: string }[] = [
  { name: "brief", label: "Brief" },
  { name: "files", label: "Files" },
  { name: "commits", label: "Commits" },
  { name: "notes", label: "Notes" },
  { name: "health", label: "Health" },
  { name: "agents", label: "Agents" },
  { name: "usage", label: "Usage" },
  { name: "raw", label: "Raw" },
];

interface Props {
  tab: PanelTab;
  agentId: string | null;
  onTab: (tab: PanelTab) => void;
  onPicked?: () => void;
}

export function Panel({ tab, agentId, onTab, onPicked }: Props) {
  const { sessionId } = useViewer();
  const health = useQuery(getHealth(sessionId)).data;
  const notes = useQuery(listNotes(sessionId)).data?.notes.length ?? 0;
  const badges: Partial<Record<PanelTab, number>> = { health: health?.findings.length ?? 0, notes };
  return (
    <Tabs label="About this session" tabs={tabs.map((each) => ({ ...each, badge: badges[each.name] ?? 0 }))} current={tab} onChange={onTab}>
      <TabBody tab={tab} agentId={agentId} onPicked={onPicked ?? (() => undefined)} />
    </Tabs>
  );
}

function TabBody({ tab, agentId, onPicked }: { tab: PanelTab; agentId: string | null; onPicked: () => void }) {
  switch (tab) {
    case "brief":
      return <BriefTab onPicked={onPicked} />;
    case "files":
      return <FilesTab onPicked={onPicked} />;
    case "commits":
      return <CommitsTab />;
    case "notes":
      return <NotesTab agentId={agentId} onPicked={onPicked} />;
    case "health":
      return <HealthTab onPicked={onPicked} />;
    case "agents":
      return <AgentsTab agentId={agentId} onPicked={onPicked} />;
    case "usage":
      return <UsageTab />;
    case "raw":
      return <RawTab agentId={agentId} />;
  }
}
