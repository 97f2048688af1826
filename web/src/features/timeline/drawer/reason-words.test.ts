import { describe, expect, it } from "vitest";
import { reasonWords } from "./reason-words";

describe("details of reasons", () => {
  it("become words of the reader's language where they are figures and codes", () => {
    expect(reasonWords("type_pair", "anomaly → recovery")).toEqual({
      is: "pair",
      earlier: "anomaly",
      later: "recovery",
    });
    expect(reasonWords("co_movement", "r 0.97, lag -24 s")).toEqual({
      is: "curves",
      r: "0.97",
      lag: "-24 s",
    });
    expect(reasonWords("shared_trace", "214")).toEqual({ is: "traces", count: 214 });
  });

  it("show no ids that only programs can read", () => {
    expect(reasonWords("shared_id", "finding=fnd_2xwpz4wk07v36b13y657z80tda")).toEqual({ is: "sameAnomaly" });
    expect(reasonWords("shared_id", "order=1842")).toEqual({ is: "text", text: "order=1842" });
  });

  it("keep what they do not know, and do not repeat the distance", () => {
    expect(reasonWords("type_pair", "comet → flood")).toEqual({ is: "text", text: "comet → flood" });
    expect(reasonWords("time", "4 min")).toBeNull();
    expect(reasonWords("text", null)).toBeNull();
  });
});
