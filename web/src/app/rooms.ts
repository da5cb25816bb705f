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
};

/** Pages that the server writes itself, beside the rooms. */
export type ServerPage = { href: string; name: keyof typeof texts; icon: IconName };

export const PAGES: readonly ServerPage[] = [
  { href: "/cases", name: "cases", icon: "cases" },
  { href: "/watches", name: "watches", icon: "watches" },
];

export const ROOMS: readonly Room[] = [
  { path: "/", name: "overview", icon: "overview", nav: true, page: lazy(() => import("@/rooms/overview")) },
  { path: "/matrix", name: "matrix", icon: "matrix", nav: true, page: lazy(() => import("@/rooms/matrix")) },
  { path: "/gaps", name: "gaps", icon: "gaps", nav: true, page: lazy(() => import("@/rooms/gaps")) },
  { path: "/plans/:plan?", name: "plans", icon: "plans", nav: true, page: lazy(() => import("@/rooms/plans")) },
  { path: "/report", name: "report", icon: "report", nav: true, page: lazy(() => import("@/rooms/report")) },
  { path: "/network", name: "network", icon: "network", nav: true, page: lazy(() => import("@/rooms/network")) },
  { path: "/ledgers", name: "ledgers", icon: "ledgers", nav: true, page: lazy(() => import("@/rooms/ledgers")) },
  { path: "/ask/:question?", name: "ask", icon: "ask", nav: true, page: lazy(() => import("@/rooms/ask")) },
  { path: "/entities/:id", name: "search", icon: "search", nav: false, page: lazy(() => import("@/rooms/entity")) },
];
