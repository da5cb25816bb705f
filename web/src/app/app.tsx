import { Component, type ReactNode, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Go } from "@/app/address";
import { ROOMS } from "@/app/rooms";
import { Shell } from "@/app/shell";
import { texts } from "@/app/texts";
import { LanguageProvider, useTexts } from "@/i18n/language";
import { Failure, Nothing, Waiting } from "@/ui/states";

export function App() {
  return (
    <LanguageProvider>
      <Shell>
        <Switch>
          {ROOMS.map((room) => (
            <Route key={room.path} path={room.path}>
              <Guarded key={room.path}>
                <Suspense fallback={<Waiting />}>
                  <room.page />
                </Suspense>
              </Guarded>
            </Route>
          ))}
          <Route>
            <Lost />
          </Route>
        </Switch>
      </Shell>
    </LanguageProvider>
  );
}

function Lost() {
  const say = useTexts(texts);
  return (
    <Nothing title={say("lost.title")}>
      <Go to="/">{say("lost.home")}</Go>
    </Nothing>
  );
}

/** Keeps a fault in one room from taking the whole page away. */
class Guarded extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Failure error={this.state.error} again={() => this.setState({ error: undefined })} />;
  }
}
