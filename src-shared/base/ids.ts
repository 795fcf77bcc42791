/** A call leg as the app knows it (UUID). */
export type CallId = string;
/** A command on its way to the phone engine (UUID). */
export type CommandId = string;
