import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { named, useHome, useReady } from "@/api/facts";
import { Go, today, useAddress, useDay } from "@/app/address";
import { Icon } from "@/app/icons";
import { PAGES, ROOMS, roomAt } from "@/app/rooms";
import "@/app/shell.css";
import { texts } from "@/app/texts";
import { useLanguage, useTexts } from "@/i18n/language";
import { Synthetic } from "@/ui/marks";

const Palette = lazy(() => import("@/app/palette"));

/** The frame around every room: where to go, which district, which day, which language, and the search. */
export function Shell({ children }: { children: ReactNode }) {
  const say = useTexts(texts);
  const [searching, setSearching] = useState(false);
  const [path] = useLocation();
  const here = roomAt(path);
  const title = here?.nav === true ? say(here.name) : undefined;
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${say("name")}`;
  }, [title, say]);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener("keydown", open);
    return () => window.removeEventListener("keydown", open);
  }, []);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {say("to.content")}
      </a>
      <Rooms path={path} />
      <div className="shell-main">
        <Top search={() => setSearching(true)} />
        <DayNotice />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <Foot />
      </div>
      {searching && (
        <Suspense fallback={null}>
          <Palette close={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Rooms({ path }: { path: string }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const at = (room: string) => (room === "" ? path === "/" : path.split("/")[1] === room);
  return (
    <nav className="rooms no-print" aria-label={say("rooms")}>
      <Go to="/" className="brand">
        <img src="/static/icon.svg" alt="" width="22" height="22" />
        <span>{say("name")}</span>
      </Go>
      <ul>
        {ROOMS.filter((room) => room.nav).map((room) => {
          const base = `/${room.path.split("/")[1] ?? ""}`;
          return (
            <li key={room.path}>
              <Go to={base} aria-current={at(base.slice(1)) ? "page" : undefined}>
                <Icon name={room.icon} />
                <span>{say(room.name)}</span>
              </Go>
            </li>
          );
        })}
        {PAGES.map((page) => (
          <li key={page.href}>
            <a href={`${page.href}?lang=${language}`}>
              <Icon name={page.icon} />
              <span>{say(page.name)}</span>
            </a>
          </li>
        ))}
      </ul>
      <a className="rooms-docs" href="/docs">
        <Icon name="docs" />
        <span>{say("docs")}</span>
      </a>
    </nav>
  );
}

function Top({ search }: { search: () => void }) {
  const say = useTexts(texts);
  const { language, choose } = useLanguage();
  const [, change] = useAddress();
  const day = useDay();
  const home = useHome();
  const ready = useReady();
  const other = language === "zh" ? "en" : "zh";
  return (
    <header className="top no-print">
      <strong className="district">
        {named(home.data?.entity)} {ready.data?.dataset === "demo" && <Synthetic />}
      </strong>
      <button type="button" className="top-search" onClick={search} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span>{say("search")}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <label className="field day">
        <span>{say("day")}</span>
        <input
          type="date"
          value={day ?? today()}
          onChange={(event) => change({ as_of: event.target.value === today() ? null : event.target.value })}
        />
      </label>
      <button
        type="button"
        className="button plain"
        lang={other === "en" ? "en" : "zh-CN"}
        title={say("switch.about")}
        onClick={() => choose(other)}
      >
        {say("switch")}
      </button>
    </header>
  );
}

/** What the figures rest on; on every page, so that nobody takes generated data for real. */
function Foot() {
  const say = useTexts(texts);
  const ready = useReady().data;
  if (ready === undefined) return null;
  return (
    <footer className="foot small quiet">
      {ready.dataset === "demo" && <span>{say("demo")}</span>}
      <span className="number">{say("version", { version: ready.data_version })}</span>
    </footer>
  );
}

function DayNotice() {
  const say = useTexts(texts);
  const [, change] = useAddress();
  const day = useDay();
  if (day === undefined) return null;
  return (
    <div className="day-notice" role="status">
      {say("day.notice", { day })}
      <button type="button" className="button plain no-print" onClick={() => change({ as_of: null })}>
        {say("today")}
      </button>
    </div>
  );
}
