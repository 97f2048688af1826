import { useTranslation } from "react-i18next";
import { type Command, useCommands } from "../../../lib/commands";
import type { Timeline } from "./context";
import { nextZone } from "./zone";

/** Every key of the board; the key sheet and the palette read the same list. */
export function useTimelineCommands(timeline: Timeline, onFilter: () => void): void {
  const { t } = useTranslation("timeline");
  const { session, actions, event, mayEdit } = timeline;
  useCommands(() => {
    const { board } = session;
    const group = t("title");
    const command = (id: string, keys: string, run: () => void, inPalette = false): Command => ({
      id: `timeline.${id}`,
      title: t(`commands.${id}` as "commands.zoomIn"),
      group,
      keys,
      inPalette,
      run,
    });
    const open = () => {
      if (board.get().selected !== null) board.set({ open: true });
      else actions.stepStory(1);
    };
    const list = [
      command("zoomIn", "w", board.zoomIn),
      command("zoomOut", "s", board.zoomOut),
      command("panLeft", "a", board.panLeft),
      command("panRight", "d", board.panRight),
      command("fit", "f", board.fit, true),
      command("range", "m", board.markRange, true),
      command("zone", "z", () => nextZone(board), true),
      command("twin", "l", () => board.set({ twin: board.get().twin === "list" ? "board" : "list" }), true),
      command("filter", "/", onFilter, true),
      command("previousInLane", "ArrowLeft", () => actions.stepInLane(-1)),
      command("nextInLane", "ArrowRight", () => actions.stepInLane(1)),
      command("laneAbove", "ArrowUp", () => actions.stepAcrossLanes(-1)),
      command("laneBelow", "ArrowDown", () => actions.stepAcrossLanes(1)),
      command("next", "j", () => actions.stepStory(1)),
      command("previous", "k", () => actions.stepStory(-1)),
      command("open", "Enter", open),
      command("close", "Escape", board.close),
      command("pick", "x", () => {
        const { selected } = board.get();
        if (selected !== null) board.pick(selected);
      }),
    ];
    if (mayEdit && event) {
      list.push(command("star", "shift+s", () => actions.star(event), true));
      list.push(command("edit", "e", () => actions.edit(event), true));
    }
    return list;
  }, [session, actions, event, mayEdit, onFilter, t]);
}
