import "@mantine/core/styles.css";
import "./tokens.css";
import "./base.css";
import "./mantine.css";
import { MantineProvider } from "@mantine/core";
import { type ReactNode, useLayoutEffect } from "react";
import { useTheme } from "../../lib/preferences";
import { cssVariablesResolver, theme } from "./theme";

export function ThemeProvider({ children }: { children: ReactNode }) {
  const scheme = useTheme();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  );
}
