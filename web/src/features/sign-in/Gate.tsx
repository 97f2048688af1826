import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { preferences } from "../../lib/preferences";
import { useLanguage } from "../../lib/time";
import { Logo } from "../../ui";
import classes from "./Gate.module.css";

/** The page of someone who is not signed in: the board, one question, the language. */
export function Gate({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  const language = useLanguage();
  const other =
    language === "en"
      ? ({ code: "zh-CN", name: "简体中文" } as const)
      : ({ code: "en", name: "English" } as const);
  return (
    <div className={classes.page}>
      <title>{`${title} · Fupan`}</title>
      <div className={classes.board} aria-hidden="true" />
      <main className={classes.gate}>
        <p className={classes.brand}>
          <Logo size={30} />
          <span>
            Fupan <small lang="zh-CN">复盘</small>
          </span>
        </p>
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
        <UnstyledButton
          className={classes.language}
          lang={other.code}
          onClick={() => preferences.set({ language: other.code })}
        >
          {other.name}
        </UnstyledButton>
      </main>
    </div>
  );
}
