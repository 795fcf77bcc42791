/** Serves the agent window with a fake bridge at `/test/looks/look.html?scene=…`. */
export function startLooksServer(): Promise<{ readonly url: string; stop(): Promise<void> }>;
