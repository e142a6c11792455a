import { useEffect } from "react";
import { usePreference } from "@/lib/preferences";
import { Button } from "@/ui/button";

const next = { system: "dark", dark: "light", light: "system" } as const;

export function useTheme() {
  const [theme, setTheme] = usePreference("theme", "system");
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return { theme, turn: () => setTheme(next[theme]) };
}

export function ThemeButton() {
  const { theme, turn } = useTheme();
  return <Button icon="theme" look="quiet" aria-label={`Theme: ${theme}. Change`} title={`Theme: ${theme}`} onClick={turn} />;
}
