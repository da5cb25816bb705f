import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/overview/texts";
import { Failure, Nothing, Panel, Waiting } from "@/ui/states";

const SHOWN = 5;

/** The newest notices of what is watched; all of them, and what is watched, stand on a page of their own. */
export function Notices() {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const found = useQuery({
    queryKey: ["notices", SHOWN],
    queryFn: () => told(api.GET("/api/v1/notices", { params: { query: { limit: SHOWN } } })),
  });
  return (
    <Panel
      title={say("notices.title")}
      action={
        <a href={`/watches?lang=${language}`} className="small">
          {say("notices.all")}
        </a>
      }
    >
      {found.error !== null && <Failure error={found.error} again={found.refetch} />}
      {found.isPending && <Waiting lines={2} />}
      {found.data?.items.length === 0 && (
        <Nothing title={say("notices.none")}>
          <p className="small">{say("notices.how")}</p>
        </Nothing>
      )}
      <ul className="overview-list plain">
        {found.data?.items.map((notice) => (
          <li key={notice.id}>
            <time className="quiet small number" dateTime={notice.created}>
              {notice.created.slice(0, 10)}
            </time>{" "}
            <a href={`/watches?lang=${language}`}>{notice.title[language]}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
