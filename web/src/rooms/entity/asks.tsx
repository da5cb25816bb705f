import { useQuery } from "@tanstack/react-query";
import { api, told } from "@/api/client";
import { Go } from "@/app/address";
import { useLanguage, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/entity/texts";
import { isLevel } from "@/ui/levels";
import { Panel } from "@/ui/states";

type Parameter = { name: string; type: string };
/** Questions of the catalogue that take a thing of this kind, with it filled in. */
export function Asks({ label, id }: { label: string; id: string }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ["questions"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => told(api.GET("/api/v1/questions")),
  });
  const fitting = (data?.items ?? []).flatMap((question) => {
    const parameters = question.parameters as Parameter[];
    const taken =
      parameters.find((each) => each.type === label) ??
      (isLevel(label) ? parameters.find((each) => each.type === "Area") : undefined);
    return taken === undefined ? [] : [{ question, name: taken.name, exact: taken.type === label }];
  });
  if (fitting.length === 0) return null;
  const list = (some: typeof fitting) => (
    <ul className="entity-asks">
      {some.map(({ question, name }) => (
        <li key={question.id}>
          <Go to={`/ask/${question.id}`} query={{ [name]: id }}>
            {question.text[language]}
          </Go>
        </li>
      ))}
    </ul>
  );
  const exact = fitting.filter((each) => each.exact);
  const wider = fitting.filter((each) => !each.exact);
  return (
    <Panel title={say("ask")}>
      {list(exact)}
      {wider.length > 0 && (
        <details>
          <summary>{say("ask.more", { count: wider.length })}</summary>
          {list(wider)}
        </details>
      )}
    </Panel>
  );
}
