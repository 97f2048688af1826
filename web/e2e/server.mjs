// Starts the built binary as `fupan demo` on a free port with an empty data folder, and ends it again.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START_MS = 60_000;
const LINK = /(https?:\/\/[^\s/]+)\/(?:sign-in|setup)#token=[\w.~+/=-]+/;

/** Resolves once the one-time link was printed: `{ url, link, stop }`. */
export async function startServer(command = "demo") {
  const binary = process.env.FUPAN_BIN;
  if (!binary) throw new Error("FUPAN_BIN must name the built binary");
  const data = mkdtempSync(join(tmpdir(), "fupan-e2e-"));
  const child = spawn(binary, [command, "--data", data, "--listen", "127.0.0.1:0"], {
    env: { ...process.env, FUPAN_RATE_LIMITS: "off", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const [link, url] = await printedLink(child);
    return { url, link, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function printedLink(child) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const late = setTimeout(() => reject(new Error(`no link within ${START_MS} ms:\n${printed}`)), START_MS);
    const read = (chunk) => {
      printed += chunk;
      const link = LINK.exec(printed);
      if (!link) return;
      clearTimeout(late);
      resolve(link);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code} before it printed a link:\n${printed}`));
    });
  });
}
