import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { today, useAddress } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { statesOf } from "@/model/states";
import { MONTHS, monthsAround } from "@/rooms/matrix/months";
import { texts } from "@/rooms/matrix/texts";

/** Moves the whole page through time, a month a step. */
export function Timeline({ day, refreshing }: { day: string; refreshing: boolean }) {
  const say = useTexts(texts);
  const [, change] = useAddress();
  const queries = useQueryClient();
  const now = today();
  const stops = monthsAround(now);
  const near = stops.findLastIndex((stop) => stop <= day);
  const [playing, setPlaying] = useState(false);
  const go = (at: number) => change({ as_of: stops[at] ?? null }, true);
  useEffect(() => {
    if (!playing || refreshing) return;
    const next = stops[near + 1];
    if (next === undefined) {
      setPlaying(false);
      return;
    }
    // The next month is read before it is shown, so that the rows change at once.
    let stopped = false;
    const turn = setTimeout(() => {
      queries.ensureQueryData(statesOf(next)).then(
        () => !stopped && change({ as_of: next }, true),
        () => setPlaying(false),
      );
    }, 500);
    return () => {
      stopped = true;
      clearTimeout(turn);
    };
  }, [playing, refreshing, near, stops, queries, change]);
  return (
    <div className="matrix-time no-print">
      <button type="button" className="button" onClick={() => setPlaying(!playing)}>
        {playing ? "❚❚" : "▶"} {say(playing ? "time.stop" : "time.play")}
      </button>
      <label>
        <span className="unseen">{say("time.label")}</span>
        <input
          type="range"
          min={0}
          max={MONTHS}
          step={1}
          value={Math.max(near, 0)}
          aria-valuetext={day}
          onChange={(event) => go(Number(event.target.value))}
        />
      </label>
      <output className="number">{refreshing ? say("time.refreshing") : day}</output>
    </div>
  );
}
