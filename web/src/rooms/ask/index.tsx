import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "wouter";
import { api, told } from "@/api/client";
import { Go } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { Asked } from "@/rooms/ask/asked";
import "@/rooms/ask/ask.css";
import type { Question } from "@/rooms/ask/model";
import { texts } from "@/rooms/ask/texts";
import { Failure, Nothing, Panel, RoomHead, Waiting } from "@/ui/states";

const ROOMS = [
  "coverage",
  "grid",
  "unit",
  "member",
  "resources",
  "dispatch",
  "network",
  "history",
  "provenance",
  "directory",
] as const;

/** The catalogue, and any question of it asked. */
export default function Ask() {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { question: id } = useParams<{ question?: string }>();
  const [text, setText] = useState("");
  const found = useQuery({
    queryKey: ["questions"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/questions")),
  });
  if (found.error !== null) return <Failure error={found.error} again={found.refetch} />;
  if (found.data === undefined) return <Waiting lines={10} />;
  const all = found.data.items as unknown as Question[];
  const chosen = all.find((each) => each.id === id);
  if (chosen !== undefined) return <Asked key={chosen.id} question={chosen} />;
  const wanted = text.trim().toLowerCase();
  const fits = all.filter((each) => `${each.id} ${each.text.zh} ${each.text.en}`.toLowerCase().includes(wanted));
  return (
    <div className="ask">
      <RoomHead title={say("title")} about={say("about")}>
        <label className="field">
          {say("filter")}
          <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      </RoomHead>
      {fits.length === 0 && <Nothing title={say("none.title")} />}
      <div className="ask-rooms">
        {ROOMS.map((room) => {
          const here = fits.filter((each) => each.area === room);
          if (here.length === 0) return null;
          return (
            <Panel key={room} title={say(`room.${room}`)}>
              <ul className="ask-list">
                {here.map((each) => (
                  <li key={each.id}>
                    <Go to={`/ask/${each.id}`}>{each.text[language]}</Go>
                  </li>
                ))}
              </ul>
            </Panel>
          );
        })}
      </div>
    </div>
  );
}
