import type { ServerMigration } from './in-postgres';

/** A SIP extension rings at a desk phone (S142). Of the phone's password only what digest authentication needs is kept (RFC 7616 section 3.4.2). */
export const extensionKind: ServerMigration = {
  number: 80,
  name: 'extension-kind',
  sql: `
    ALTER TABLE people ADD COLUMN desk_phone_md5 TEXT
      CHECK (length(desk_phone_md5) = 32 AND desk_phone_md5 NOT GLOB '*[^0-9a-f]*');
    ALTER TABLE people ADD COLUMN desk_phone_sha256 TEXT
      CHECK (length(desk_phone_sha256) = 64 AND desk_phone_sha256 NOT GLOB '*[^0-9a-f]*');
    ALTER TABLE people ADD COLUMN extension_kind TEXT NOT NULL DEFAULT 'web'
      CHECK (extension_kind IN ('web', 'sip')
        AND (extension_kind = 'sip') = (desk_phone_md5 IS NOT NULL)
        AND (extension_kind = 'sip') = (desk_phone_sha256 IS NOT NULL));
  `,
  postgres: `
    ALTER TABLE people ADD COLUMN desk_phone_md5 text CHECK (desk_phone_md5 ~ '^[0-9a-f]{32}$');
    ALTER TABLE people ADD COLUMN desk_phone_sha256 text CHECK (desk_phone_sha256 ~ '^[0-9a-f]{64}$');
    ALTER TABLE people ADD COLUMN extension_kind text NOT NULL DEFAULT 'web' CHECK (extension_kind IN ('web', 'sip'));
    ALTER TABLE people ADD CHECK ((extension_kind = 'sip') = (desk_phone_md5 IS NOT NULL)
      AND (extension_kind = 'sip') = (desk_phone_sha256 IS NOT NULL));
  `,
};
