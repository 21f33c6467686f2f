// Ids only: whoever reloads need not copy them again. Secrets never come here.
const keyOf = workspace => `weflux-connect-${workspace}`;

export const load = workspace => sessionStorage.getItem(keyOf(workspace));
export const keep = (workspace, entry) => sessionStorage.setItem(keyOf(workspace), entry);
export const forget = workspace => sessionStorage.removeItem(keyOf(workspace));
