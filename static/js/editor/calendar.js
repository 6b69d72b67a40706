// Days and hours as they are typed: 24/11/2026, 07:30.

// The ISO day, or null where nothing was typed; undefined where it is no day of the calendar.
export function dayOf(typed) {
  if (!typed) return null;
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed);
  if (!parts) return undefined;
  const iso = `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`;
  return new Date(`${iso}T00:00Z`).toJSON()?.startsWith(iso) ? iso : undefined;
}

// The hour as 07:30, or null where nothing was typed; undefined where no clock shows it.
export function hourOf(typed) {
  if (!typed) return null;
  const parts = /^(\d{1,2})(?:[:h](\d{2})?)?$/.exec(typed);
  if (!parts || Number(parts[1]) > 23 || Number(parts[2] ?? 0) > 59) return undefined;
  return `${parts[1].padStart(2, "0")}:${parts[2] ?? "00"}`;
}
