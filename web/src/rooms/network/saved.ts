/** Pictures that this browser keeps: the address of each, by name. */
export type Saved = { name: string; search: string };
const KEY = "govnet.pictures";

export function savedPictures(): Saved[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(held)
      ? held.filter((each): each is Saved => typeof each?.name === "string" && typeof each?.search === "string")
      : [];
  } catch {
    return [];
  }
}

export function keepPicture(search: string, name: string): void {
  const others = savedPictures().filter((each) => each.search !== search);
  localStorage.setItem(KEY, JSON.stringify([{ name, search }, ...others].slice(0, 20)));
}

export function dropPicture(search: string): void {
  localStorage.setItem(KEY, JSON.stringify(savedPictures().filter((each) => each.search !== search)));
}
