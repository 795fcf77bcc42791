import { z } from 'zod';

// The content security policy forbids `new Function`, which zod would try first. Imported before any schema is.
z.config({ jitless: true });
