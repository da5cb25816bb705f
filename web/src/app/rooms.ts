import { type ComponentType, lazy } from "react";
import type { IconName } from "@/app/icons";
import type { texts } from "@/app/texts";

/** A room of the page: an address, a folder under src/rooms, and a name in the catalogue. `nav` is false where no menu leads. */
export type Room = {
  path: string;
  name: keyof typeof texts;
  icon: IconName;
  nav: boolean;
  page: ComponentType;
  /** Starts to load the room's own script; what is loaded already stays. */
  load: () => Promise<unknown>;
};

/** Pages that the server writes itself, beside the rooms. */
export type ServerPage = { href: string; name: keyof typeof texts; icon: IconName };

export const PAGES: readonly ServerPage[] = [
  { href: "/cases", name: "cases", icon: "cases" },
  { href: "/watches", name: "watches", icon: "watches" },
];

const FOUND = [
  { path: "/", name: "overview", icon: "overview", nav: true, load: () => import("@/rooms/overview") },
  { path: "/matrix", name: "matrix", icon: "matrix", nav: true, load: () => import("@/rooms/matrix") },
  { path: "/gaps", name: "gaps", icon: "gaps", nav: true, load: () => import("@/rooms/gaps") },
  { path: "/plans/:plan?", name: "plans", icon: "plans", nav: true, load: () => import("@/rooms/plans") },
  { path: "/report", name: "report", icon: "report", nav: true, load: () => import("@/rooms/report") },
  { path: "/network", name: "network", icon: "network", nav: true, load: () => import("@/rooms/network") },
  { path: "/ledgers", name: "ledgers", icon: "ledgers", nav: true, load: () => import("@/rooms/ledgers") },
  { path: "/ask/:question?", name: "ask", icon: "ask", nav: true, load: () => import("@/rooms/ask") },
  { path: "/entities/:id", name: "search", icon: "search", nav: false, load: () => import("@/rooms/entity") },
] as const;

export const ROOMS: readonly Room[] = FOUND.map((room) => ({ ...room, page: lazy(room.load) }));

/** The room at an address, by the address's first part. */
export const roomAt = (path: string): Room | undefined =>
  ROOMS.find((each) => each.path.split("/")[1] === path.split("/")[1]);
