import type { Catalogue } from "@/i18n/language";

export const texts = {
  have: { zh: "现有 {have} 个提供方，至少需要 {minimum} 个", en: "{have} of at least {minimum} providers" },
  "who.title": { zh: "由谁提供", en: "Who provides it" },
  reaches: { zh: "覆盖到", en: "reaches" },
  "gap.why": { zh: "为什么算缺口", en: "Why this is a gap" },
  "gap.text": {
    zh: "{ledger}已声明对本区域完整，其中提供方不足。所以不是“不知道”，而是确实缺。",
    en: "The ledger “{ledger}” is declared complete for this area and names too few providers. So this is not unknown: it is missing.",
  },
  "unknown.why": { zh: "为什么是未知", en: "Why this is unknown" },
  "unknown.text": {
    zh: "没有提供方的记录，但{ledger}没有声明对本区域完整，所以不能断定缺失。",
    en: "No provider is recorded, but no ledger “{ledger}” is declared complete for this area, so nobody can say that it is missing.",
  },
  "close.title": { zh: "怎样消除", en: "What would close it" },
  "close.unknown": {
    zh: "补齐{ledger}并声明对本区域完整：要么列出提供方（即已覆盖），要么确认没有（即缺口）。",
    en: "Hand in the ledger “{ledger}” and declare it complete for this area: it either names a provider, or confirms the gap.",
  },
  "close.ledgers": { zh: "去导入台账", en: "Import a ledger" },
  "close.template": { zh: "空白台账", en: "Empty ledger" },
  "close.plan": { zh: "为它做一个方案", en: "Make a plan for it" },
  "close.pairing": { zh: "再有 {missing} 个单位与{area}结对。", en: "{missing} more paired unit(s) for {area}." },
  "close.worker": { zh: "再派驻 {missing} 名：{what}。", en: "{missing} more worker(s) assigned: {what}." },
  "close.service": {
    zh: "再有 {missing} 处资源或结对把“{what}”送到{area}。",
    en: "{missing} more resource(s) or pairing(s) that bring “{what}” to {area}.",
  },
  "close.resource": {
    zh: "再有 {missing} 处服务于{area}的场所：{what}。",
    en: "{missing} more place(s) that serve {area}: {what}.",
  },
  "close.chain": {
    zh: "建立并登记对{area}负责的第 {what} 级党组织。",
    en: "Establish and record the party organization of level {what} responsible for {area}.",
  },
  "close.other": { zh: "再有 {missing} 个符合“{what}”的提供方。", en: "{missing} more provider(s) of “{what}”." },
  "help.title": { zh: "谁最近、最有余力", en: "Who is nearest able to help" },
  "help.free": { zh: "结对余力 {free}（已结 {pairings}）", en: "room for {free} more (has {pairings})" },
  "help.serves": { zh: "现服务：{areas}", en: "serves {areas} now" },
  "help.works": { zh: "现派驻：{areas}", en: "works for {areas} now" },
  "help.none": { zh: "附近没有记录到可用的提供方", en: "Nobody nearby is recorded as able" },
  "help.about": {
    zh: "按远近与余力排列；是否合适由人判断。",
    en: "Ordered by nearness and spare capacity; whether it suits is for people to judge.",
  },
  settles: { zh: "依据台账", en: "Settled by" },
  standard: { zh: "标准", en: "Standard" },
  "open.area": { zh: "打开{area}", en: "Open {area}" },
  "open.network": { zh: "看联系网络", en: "See the network" },
  "list.title": { zh: "{area}：{need}", en: "{area}: {need}" },
  "list.more": { zh: "另有 {count} 个", en: "{count} more" },
  none: { zh: "这项要求不适用于该区域", en: "This requirement does not apply to the area" },
} satisfies Catalogue;
