export const MONTHS = 36;
const BACK = 24;

/** First days of months around today: two years back, one year on. */
export function monthsAround(day: string): string[] {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return Array.from({ length: MONTHS + 1 }, (_, at) => {
    const count = year * 12 + month - 1 - BACK + at;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-01`;
  });
}
