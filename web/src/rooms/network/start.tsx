import { useState } from "react";
import { useHome } from "@/api/facts";
import { Go } from "@/app/address";
import { useTexts } from "@/i18n/language";
import { dropPicture, savedPictures } from "@/rooms/network/saved";
import { texts } from "@/rooms/network/texts";
import { Nothing, Panel } from "@/ui/states";

/** Before anything is drawn: how to begin, and what was kept. */
export function Start() {
  const say = useTexts(texts);
  const home = useHome().data?.entity;
  const [saved, setSaved] = useState(savedPictures);
  return (
    <>
      <div className="panel">
        <Nothing title={say("start")}>
          <p>{say("start.about")}</p>
          {home !== undefined && home !== null && (
            <p>
              {say("start.examples")}{" "}
              <Go to="/network" query={{ from: home.id }}>
                {home.name}
              </Go>
            </p>
          )}
        </Nothing>
      </div>
      {saved.length > 0 && (
        <Panel title={say("saved")}>
          <ul className="network-saved">
            {saved.map((each) => (
              <li key={each.search}>
                <Go to="/network" query={Object.fromEntries(new URLSearchParams(each.search))}>
                  {each.name}
                </Go>
                <button
                  type="button"
                  className="button plain"
                  aria-label={say("saved.remove", { name: each.name })}
                  onClick={() => {
                    dropPicture(each.search);
                    setSaved(savedPictures());
                  }}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
