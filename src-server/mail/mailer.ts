import { createTransport } from 'nodemailer';
import { z } from 'zod';

/** What the administrator writes into the file of `--smtp`. */
export const mailAccount = z
  .object({
    /** `smtps://user:password@mail.example.com` or `smtp://…`, where encryption is demanded beyond this machine. */
    url: z.url({ protocol: /^smtps?$/ }),
    from: z.email(),
  })
  .strict();
export type MailAccount = Readonly<z.infer<typeof mailAccount>>;

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}
/** @throws Error when the mail was not taken */
export type SendMail = (mail: Mail) => Promise<void>;

const patienceMs = 15_000;

/** Sends over the company's own mail server, one connection for each mail: there are few. */
export function mailer({ url, from }: MailAccount): SendMail {
  const isHere = /^(127\.|localhost$|\[::1\])/.test(new URL(url).hostname);
  const transport = createTransport({
    url,
    requireTLS: !isHere,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
  };
}
