// Runs before the first paint, so that nobody sees the wrong theme flash. Kept apart from the bundle because
// the content security policy forbids inline scripts and a module would run too late.
(() => {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("fupan.preferences") || "{}");
  } catch {
    kept = {};
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = kept.theme === "light" || kept.theme === "dark" ? kept.theme : dark ? "dark" : "light";
  const chinese = (kept.language || navigator.language || "en").toLowerCase().startsWith("zh");
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.mantineColorScheme = theme;
  root.lang = chinese ? "zh-CN" : "en";
})();
