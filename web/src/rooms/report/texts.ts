import type { Catalogue } from "@/i18n/language";

export const texts = {
  title: { zh: "汇报", en: "Report" },
  about: {
    zh: "选定时期、读者与区域，得到可打印、可存为 Word 的汇报；每个数字都注明来源，不出现成员姓名。",
    en: "Choose a period, readers and an area: a report to print or to keep as Word. Every figure names its source; no member is named.",
  },
  from: { zh: "期初", en: "From" },
  to: { zh: "期末", en: "To" },
  audience: { zh: "读者", en: "For" },
  "audience.leaders": { zh: "领导", en: "leaders" },
  "audience.joint-meeting": { zh: "联席会议", en: "the joint meeting" },
  "audience.street": { zh: "街道", en: "streets" },
  "audience.public": { zh: "公众", en: "the public" },
  area: { zh: "区域", en: "Area" },
  "area.whole": { zh: "全区", en: "whole district" },
  language: { zh: "语言", en: "Language" },
  "language.zh": { zh: "中文", en: "Chinese" },
  "language.en": { zh: "英文", en: "English" },
  word: { zh: "存为 Word", en: "Save as Word" },
  page: { zh: "存为网页", en: "Save as a page" },
  print: { zh: "打印", en: "Print" },
  making: {
    zh: "正在汇总并出具覆盖证明，通常需要几秒。",
    en: "Putting it together and proving the certificate; that usually takes some seconds.",
  },
  wrong: { zh: "期初须早于期末。", en: "The first day must come before the last." },
  "sources.title": { zh: "来源与依据", en: "Sources" },
  note: { zh: "注 {number}", en: "note {number}" },
} satisfies Catalogue;
