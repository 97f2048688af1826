/** The name by which a person knows a browser, and the system it runs on, out of how it names itself. */
export interface Browser {
  browser?: string | undefined;
  system?: string | undefined;
}

// In this order: most browsers also claim to be the ones they descend from.
const BROWSERS: [RegExp, string][] = [
  [/\bMicroMessenger\//, "WeChat"],
  [/\b(Lark|Feishu)\//, "Feishu"],
  [/\bDingTalk\//, "DingTalk"],
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chromium)\//, "Chromium"],
  [/\b(Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/\S+ .*Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/\bHarmonyOS\b|\bOpenHarmony\b/, "HarmonyOS"],
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPod)\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const first = (names: [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1];

export function browserOf(userAgent: string): Browser {
  const browser = first(BROWSERS, userAgent);
  return browser ? { browser, system: first(SYSTEMS, userAgent) } : {};
}
