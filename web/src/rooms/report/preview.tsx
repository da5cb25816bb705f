import type { Schemas } from "@/api/client";
import { fill, type Language, type Text, useTexts } from "@/i18n/language";
import { texts } from "@/rooms/report/texts";
import { Scroller } from "@/ui/states";

type Report = Schemas["Report"];
type Section = Report["sections"][number];
type Numbered = { number: string; section: Section };

/** Sections with their numbers: 1, 1.1, 2 … as the documents have them. */
export function numbered(sections: readonly Section[]): Numbered[] {
  let first = 0;
  let second = 0;
  return sections.map((section) => {
    if (section.level === 1) {
      first += 1;
      second = 0;
    } else second += 1;
    return { number: section.level === 1 ? `${first}.` : `${first}.${second}`, section };
  });
}

/** The report as it will be printed, in its own language. */
export function Preview({ report, language }: { report: Report; language: Language }) {
  const say = useTexts(texts);
  const said = (text: Text | null) => text?.[language] ?? "";
  return (
    <article className="panel report-paper" lang={language === "en" ? "en" : "zh-CN"} aria-label={said(report.title)}>
      <h2>{said(report.title)}</h2>
      {report.about.map((line) => (
        <p key={line.en}>{said(line)}</p>
      ))}
      {numbered(report.sections).map((each) => (
        <Part key={each.section.key} {...each} said={said} />
      ))}
      <h3>{fill(texts["sources.title"], language)}</h3>
      <ol className="small">
        {report.notes.map((note) => (
          <li key={note.number} id={`note-${note.number}`}>
            <span className="unseen">{say("note", { number: note.number })}</span> {said(note.text)}
          </li>
        ))}
      </ol>
    </article>
  );
}

function Part({ number, section, said }: Numbered & { said: (text: Text | null) => string }) {
  const title = `${number} ${said(section.title)}`;
  return (
    <section>
      {section.level === 1 ? <h3>{title}</h3> : <h4>{title}</h4>}
      {section.lines.map((line) => (
        <p key={line.text.en}>
          {said(line.text)}
          <Mark note={line.note} />
        </p>
      ))}
      {section.rows.length === 0 && section.empty !== null && <p className="quiet">{said(section.empty)}</p>}
      {section.rows.length > 0 && (
        <Scroller label={title}>
          <table>
            <thead>
              <tr>
                {section.headings.map((heading) => (
                  <th key={heading.en} scope="col">
                    {said(heading)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {section.rows.map((row) => (
                <tr key={row.cells.map((cell) => cell?.en).join("|")} className={row.synthetic ? "made" : undefined}>
                  {row.cells.map((cell, at) => (
                    <td key={section.headings[at]?.en}>
                      {said(cell)}
                      {at === 0 && row.synthetic && " *"}
                      {at === 0 && <Mark note={row.note} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}

function Mark({ note }: { note: number }) {
  const say = useTexts(texts);
  if (note === 0) return null;
  return (
    <sup>
      <a href={`#note-${note}`} aria-label={say("note", { number: note })}>
        {note}
      </a>
    </sup>
  );
}
