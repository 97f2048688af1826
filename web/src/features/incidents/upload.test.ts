import { describe, expect, it } from "vitest";
import { type SendCapture, Upload } from "./upload";

const zip = (name = "capture.zip", content = "PK") => new File([content], name);

function recording(upload: Upload): string[] {
  const steps: string[] = [];
  upload.subscribe(() => {
    const state = upload.state();
    steps.push(state.step === "sending" ? `sending ${state.share}` : state.step);
  });
  return steps;
}

describe("importing a capture", () => {
  it("refuses what is no capture before sending anything", async () => {
    const upload = new Upload(() => Promise.reject(new Error("must not be sent")));
    await upload.start(zip("notes.txt"));
    expect(upload.state()).toEqual({ step: "refused", name: "notes.txt", reason: "type" });
    await upload.start(zip("empty.zip", ""));
    expect(upload.state()).toMatchObject({ step: "refused", reason: "empty" });
  });

  it("tells how far it is, then that the server stores it, and why it failed", async () => {
    const failure = new Error("the disk is full");
    const upload = new Upload(async (_file, { onProgress }) => {
      onProgress(0.5);
      onProgress(1);
      throw failure;
    });
    const steps = recording(upload);
    await upload.start(zip());
    expect(steps).toEqual(["sending 0", "sending 0.5", "storing", "failed"]);
    expect(upload.state()).toMatchObject({ step: "failed", error: failure });
  });

  it("goes back to the beginning when it is cancelled", async () => {
    const send: SendCapture = (_file, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
      });
    const upload = new Upload(send);
    const running = upload.start(zip());
    upload.cancel();
    await running;
    expect(upload.state()).toEqual({ step: "idle" });
  });
});
