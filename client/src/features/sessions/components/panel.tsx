import { Tabs } from "@/ui/tabs";
import type { PanelTab } from "../model/place";
import { AgentsTab } from "./panel-agents";
import { CommitsTab } from "./panel-commits";
import { FilesTab } from "./panel-files";
import { RawTab } from "./panel-raw";
import { UsageTab } from "./panel-usage";

const tabs: readonly { name: PanelTab; label: string }[] = [
  { name: "files", label: "Files" },
  { name: "commits", label: "Commits" },
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

export const Panel = ({ tab, agentId, onTab, onPicked }: Props) => (
  <Tabs label="About this session" tabs={tabs} current={tab} onChange={onTab}>
    <TabBody tab={tab} agentId={agentId} onPicked={onPicked ?? (() => undefined)} />
  </Tabs>
);

function TabBody({ tab, agentId, onPicked }: { tab: PanelTab; agentId: string | null; onPicked: () => void }) {
  switch (tab) {
    case "files":
      return <FilesTab onPicked={onPicked} />;
    case "commits":
      return <CommitsTab />;
    case "agents":
      return <AgentsTab agentId={agentId} onPicked={onPicked} />;
    case "usage":
      return <UsageTab />;
    case "raw":
      return <RawTab agentId={agentId} />;
  }
}
