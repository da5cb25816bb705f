const SHAPES = {
  overview: "M3 12l7-8 7 8M5 10v7h4v-4h2v4h4v-7",
  matrix: "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M12.5 4v12",
  gaps: "M4 5h2M4 10h2M4 15h2M8.5 5H16M8.5 10H16M8.5 15H13",
  network: "M5 6a2 2 0 1 0 .01 0M15 5a2 2 0 1 0 .01 0M11 15a2 2 0 1 0 .01 0M7 7.5l6-.8M6.2 9l4 5.6M14.2 8.6l-2.4 6.2",
  ask: "M4 4h12v9H9l-4 3v-3H4zM7.5 7.5h5M7.5 10h3",
  ledgers: "M5 3h8l2 2v12H5zM7.5 8h5M7.5 11h5M7.5 14h3",
  plans: "M4 15l4-4 3 3 5-7M13 7h3v3",
  report: "M5 3h7l3 3v11H5zM12 3v3h3M7.5 13l2-2.5 1.5 1.5 2-3",
  cases: "M4 7h12v9H4zM7 7V4h6v3M4 11h12",
  watches: "M5 14V9a5 5 0 0 1 10 0v5l1 1H4zM8.5 17h3",
  search: "M9 4a5 5 0 1 0 .01 0M12.7 12.7L17 17",
  docs: "M7 5L3 10l4 5M13 5l4 5-4 5M11.5 4l-3 12",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path
        d={SHAPES[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
