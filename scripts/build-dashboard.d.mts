export function buildDashboard(node: string): void;
