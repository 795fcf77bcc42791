import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server on loopback that keeps what it is given. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        this.mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
  });

  static async open(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server.listen(0, '127.0.0.1');
    await once(mail.server.server, 'listening');
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The code in the newest mail. */
  get newestCode(): string | undefined {
    return codeIn(this.mails.at(-1)?.text ?? '');
  }

  close(): Promise<void> {
    return new Promise(done => this.server.close(done));
  }
}

/** In the words of a mail: one Message-ID in two hundred, a UUID, has three groups of digits that look like a code. */
export const codeIn = (mail: string): string | undefined =>
  /\b[A-Z0-9]{4}(-[A-Z0-9]{4}){2}\b/.exec(mail.slice(mail.indexOf('\r\n\r\n')))?.[0];
