/** What the reader's clock looks like. */
export function time() {
  const { timeZone, hourCycle } = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
  return {
    zone: timeZone,
    offsetMinutes: -new Date().getTimezoneOffset(),
    hasTwelveHours: hourCycle === "h12" || hourCycle === "h11",
  };
}
