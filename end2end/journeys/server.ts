// Starts the binary on a folder of its own and reads the sign-in link that it prints.
import { spawn, ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'agent-lightning-'));
  readonly token = 'journey-token-0123456789';
  url = '';
  link = '';
  private process?: ChildProcess;

  async start(): Promise<void> {
    const binary = process.env.AGENT_LIGHTNING_BIN;
    if (!binary) throw new Error('AGENT_LIGHTNING_BIN must name the binary; run: make e2e');
    const child = spawn(binary, ['--data', join(this.folder, 'data'), '--listen', '127.0.0.1:0'], {
      env: { ...process.env, AGENT_LIGHTNING_TOKEN: this.token, AGENT_LIGHTNING_MIN_FREE: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    let printed = '';
    await new Promise<void>((ready, failed) => {
      child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
      child.stdout!.on('data', (chunk) => {
        printed += chunk;
        const link = printed.match(/Sign in .*: (\S+#\S+)/);
        if (link) {
          this.link = link[1];
          this.url = new URL(link[1]).origin;
          ready();
        }
      });
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
