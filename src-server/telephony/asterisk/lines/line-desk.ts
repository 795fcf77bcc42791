import type { Clock } from '../../../../src-shared/base/clock';
import { AppError } from '../../../../src-shared/errors/app-error';
import type { LineCredential } from '../../../../src-shared/line/line-state';
import type { ServerLog } from '../../../server-log';
import { type Extension, sipRealm, type TelephonyDirectory } from '../../telephony';
import type { AmiConnection } from '../ami/ami-connection';
import type { AmiMessage } from '../ami/ami-message';
import type { TellFact } from '../calls/tracked-call';
import type { AsteriskAccess } from '../config/config-options';
import { trunkName } from '../config/pjsip-config';
import { InTurn } from '../../../in-turn';
import { LineProvisioning } from './line-provisioning';
import { appLine, deskLine, type LineSettings } from './line-settings';
import { LineTable } from './line-table';

export interface LineDeskParts {
  readonly ami: AmiConnection;
  readonly access: AsteriskAccess;
  readonly directory: TelephonyDirectory;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly tell: TellFact;
  /** Where phones find Asterisk's SIP, if not at its own address. */
  readonly sipUrl: string | null;
  readonly allowMd5: boolean;
  /** Another phone than the one before has come to this line. */
  readonly onReplaced: (extension: string) => void;
}

/** Who may register: the app with the secret of its session, desk phones always. Keeps Asterisk as the directory has it. */
export class LineDesk {
  private readonly table: LineTable;
  private readonly provisioning: LineProvisioning;
  /** Desk phones as Asterisk has them: extension → the settings, as text. */
  private readonly deskPhones = new Map<string, string>();
  private readonly strangers = new Set<string>();
  private readonly turns = new InTurn();

  constructor(private readonly parts: LineDeskParts) {
    const { access, clock, log, tell, onReplaced } = parts;
    const isKnown = (extension: string): boolean => this.extensionNamed(extension) !== undefined;
    this.table = new LineTable({ clock, tell, isKnown, onReplaced });
    this.provisioning = new LineProvisioning(access.ari, clock, log);
  }

  isRegistered(extension: string): boolean {
    return this.table.isRegistered(extension);
  }

  /** AMI ContactStatus. */
  hear(event: AmiMessage): void {
    this.table.contactChanged(event);
  }

  async issue(extension: string, webSocketUrl: string): Promise<LineCredential> {
    const { access, sipUrl, allowMd5 } = this.parts;
    const known = this.extensionNamed(extension);
    if (known === undefined) throw new AppError('not-found', `no extension ${extension}`);
    if (known.deskPhone !== null) throw new AppError('line/refused', `${extension} has a desk phone`);
    const { secret, expiresAt } = this.table.mint(extension);
    // Where Asterisk is away the phone tries until it is back, and by then it knows the secret.
    await this.orLater(extension, () => this.putApp(known, secret));
    return {
      webSocketUrl: new URL(sipUrl ?? access.webSocketUrl, webSocketUrl).href,
      sipUri: `sip:${extension}@${sipRealm}`,
      authorizationUser: extension,
      secret,
      displayName: known.displayName,
      expiresAt,
      allowMd5,
    };
  }

  /** A desk phone has no session that could end. */
  async revoke(extension: string): Promise<void> {
    const known = this.extensionNamed(extension);
    if (known !== undefined && known.deskPhone !== null) return;
    this.table.revoke(extension);
    // Who comes to the line meanwhile waits, and is not taken away with it.
    await this.orLater(extension, async () => void (await this.turns.do(extension, () => this.remove(extension))));
  }

  /** After a gap: Asterisk may have forgotten everything, or still know what is not there any more. */
  async restore(): Promise<void> {
    for (const [extension, secret] of this.table.secrets) {
      const known = this.extensionNamed(extension);
      if (known !== undefined) await this.putApp(known, secret);
    }
    this.deskPhones.clear();
    await this.syncDeskPhones();
    await this.removeStrangers();
    const contacts = await this.parts.ami.listIfAny({ Action: 'PJSIPShowContacts' });
    this.table.replaceAll(contacts.flatMap(contactOf));
  }

  /** Looks for what has changed in the directory or has run out. */
  async keepUp(): Promise<void> {
    for (const extension of this.table.expired()) await this.revoke(extension);
    await this.syncDeskPhones();
  }

  private async syncDeskPhones(): Promise<void> {
    const isEncrypted = this.parts.access.ari.url.startsWith('https:');
    for (const known of this.parts.directory.extensions()) {
      const { extension, deskPhone } = known;
      if (deskPhone === null) continue;
      const settings = deskLine(known, deskPhone, isEncrypted);
      const text = JSON.stringify(settings);
      if (this.deskPhones.get(extension) === text) continue;
      this.table.open(extension);
      await this.put(extension, settings);
      this.deskPhones.set(extension, text);
    }
    for (const extension of this.deskPhones.keys())
      if ((this.extensionNamed(extension)?.deskPhone ?? null) === null) await this.removeDeskPhone(extension);
  }

  private async removeDeskPhone(extension: string): Promise<void> {
    // It has become a Web extension whose agent has signed in meanwhile: that has replaced the desk phone already.
    if (!this.table.hasSecret(extension)) {
      await this.turns.do(extension, () => this.remove(extension));
      this.table.revoke(extension);
    }
    this.deskPhones.delete(extension);
  }

  /** Lines of people who have left while this process was not there; an administrator's own are his. */
  private async removeStrangers(): Promise<void> {
    const endpoints = await this.parts.ami.listIfAny({ Action: 'PJSIPShowEndpoints' });
    for (const endpoint of endpoints) {
      const name = endpoint.get('ObjectName');
      if (name === '' || name === trunkName || this.strangers.has(name) || this.extensionNamed(name) !== undefined)
        continue;
      if (await this.remove(name)) this.parts.log.info(`line ${name}: nobody's any more, taken away`);
      else {
        this.strangers.add(name);
        this.parts.log.warn(
          `asterisk: endpoint ${name} is nobody's in this centre; its calls are not anybody's either`,
        );
      }
    }
  }

  private async putApp(known: Extension, secret: string): Promise<void> {
    this.deskPhones.delete(known.extension);
    await this.put(known.extension, appLine(known, secret, this.parts.allowMd5));
  }

  private async put(extension: string, settings: LineSettings): Promise<void> {
    await this.turns.do(extension, async () => {
      if (await this.provisioning.isOtherKind(extension, settings)) {
        await this.remove(extension);
        this.table.forgetPhone(extension, 'replaced');
      }
      await this.provisioning.put(extension, settings);
    });
  }

  /** @returns false when it is an administrator's */
  private async remove(extension: string): Promise<boolean> {
    return this.provisioning.remove(extension, async aor => {
      const contacts = await this.parts.ami.listIfAny({ Action: 'PJSIPShowContacts' });
      return contacts.map(contact => contact.get('ObjectName')).filter(name => name.startsWith(`${aor};`));
    });
  }

  private async orLater(extension: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.log.warn(`asterisk: line ${extension} not written, again when it is back: ${String(error)}`);
    }
  }

  private extensionNamed(extension: string): Extension | undefined {
    return this.parts.directory.extensions().find(known => known.extension === extension);
  }
}

/** PJSIPShowContacts: the object is named `<aor>;@<hash>`. */
function contactOf(event: AmiMessage): (readonly [string, string, string])[] {
  const extension = event.get('Endpoint') === '' ? event.get('ObjectName').split(/[;/]/)[0] : event.get('Endpoint');
  const uri = event.get('Uri');
  return extension === undefined || extension === '' || uri === '' ? [] : [[extension, uri, event.get('Status')]];
}
