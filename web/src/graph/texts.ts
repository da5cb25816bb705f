import type { Catalogue } from "@/i18n/language";

export const texts = {
  drawing: {
    zh: "网络图：{nodes} 个事物，{links} 条联系。旁边的列表说的是同样的内容。",
    en: "Network of {nodes} things and {links} links. The list beside it says the same.",
  },
  "drawing.small": {
    zh: "周围的网络：{nodes} 个事物，{links} 条联系；文字见“联系”。",
    en: "Network around it: {nodes} things, {links} links; in words under Connections.",
  },
  none: { zh: "没有可画的联系", en: "There is nothing to draw" },
} satisfies Catalogue;
