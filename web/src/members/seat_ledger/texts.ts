import { texts } from "../../lib/i18n.svelte";
import { writeMoment } from "../../lib/times";
import type { Invitation } from "./use";

const unbroken = (moment: string) => moment.replace(" ", "\u00a0");

type Sum = { active: number; suspended: number; invited: number; used: number };

const ja = {
  title: "席の利用状況",
  lead: "アカウントと、返事を待っている招待が、1名分ずつ席を使います。",
  sum: ({ active, suspended, invited, used }: Sum) =>
    `利用中${active}名、停止中${suspended}名、返事を待っている招待${invited}名で、合わせて${used}名です。`,
  suspendedText: (count: number) => `停止中の${count}名の席は、再開に備えて空きません。不要であれば削除してください。`,
  toSuspended: "停止中のメンバー",
  invitedText: ([first]: Invitation[]) => `${first!.email} への招待は、${unbroken(writeMoment(first!.expires_at))} に期限が切れ、1名分空きます。`,
  toInvitations: "招待の一覧",
  movements: "席の動き",
  at: "日時",
  kind: "動き",
  subject: "対象",
  actor: "行った人",
  change: "増減",
  used: "利用者数",
  kinds: {
    held: "招待",
    taken: "登録",
    freed: "削除",
    withdrawn: "招待の取り消し",
    lapsed: "招待の期限切れ",
    limit_set: "上限の変更",
    limit_raised: "上限の一時的な引き上げ",
    raise_lapsed: "引き上げの終了",
  },
  limit: (limit: number, until: string) => `上限 ${limit}名${until ? `（${until} まで）` : ""}`,
  invited: "招待した方",
  gone: "退職した担当者",
  vendor: "弊社担当者",
  oneself: "ご本人",
  system: "自動",
  more: "さらに表示",
};

const en: typeof ja = {
  title: "Seats",
  lead: "Each account and each open invitation uses one seat.",
  sum: ({ active, suspended, invited, used }: Sum) =>
    `${active} active, ${suspended} suspended and ${invited} open ${invited === 1 ? "invitation" : "invitations"}: ${used} in all.`,
  suspendedText: (count: number) => `Suspended accounts (${count}) keep their seats. Delete those that are not needed.`,
  toSuspended: "Suspended members",
  invitedText: ([first]: Invitation[]) => `The invitation to ${first!.email} expires at ${unbroken(writeMoment(first!.expires_at))}; its seat becomes free.`,
  toInvitations: "Open invitations",
  movements: "How seats came and went",
  at: "Time",
  kind: "What",
  subject: "About",
  actor: "By",
  change: "Change",
  used: "In use",
  kinds: {
    held: "Invited",
    taken: "Joined",
    freed: "Deleted",
    withdrawn: "Invitation withdrawn",
    lapsed: "Invitation expired",
    limit_set: "Limit changed",
    limit_raised: "Limit raised for a time",
    raise_lapsed: "Higher limit ended",
  },
  limit: (limit: number, until: string) => `Limit ${limit}${until ? ` (until ${until})` : ""}`,
  invited: "An invited person",
  gone: "A former member",
  vendor: "Vendor staff",
  oneself: "The person",
  system: "Automatic",
  more: "Show more",
};

export const t = texts({ ja, en });
