try {
  const theme = JSON.parse(localStorage.getItem("muse.theme") ?? "null");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked or hold something else; the system's theme is then right.
}
