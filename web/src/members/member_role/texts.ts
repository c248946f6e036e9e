import { texts } from "../../lib/i18n.svelte";

const ja = {
  changeOne: (name: string) => `${name} さんの権限を変更しますか`,
  changeOwn: "ご自身の権限を変更しますか",
  changeYes: "はい、変更する",
  ownLoss: "変更すると、ご自身では元に戻せません。",
  role: "権限",
  sameRole: "いまと同じ権限です。別の権限を選択してください。",
  abilities: {
    owner: "すべての操作と、権限の変更ができます。",
    admin: "メンバーの招待、停止、削除、承認ができます。",
    staff: "一覧の閲覧と、ご自身のアカウントの変更ができます。",
  },
  mailed: "ご本人には、メールでお知らせします。",
  changed: (name: string, role: string) => ({
    underway: `${name} さんの権限を変更しています…`,
    done: `${name} さんの権限を「${role}」に変更しました`,
    text: "次の操作から、新しい権限になります。",
  }),
  handOverQuestion: "代表者を引き継ぎますか",
  handOverYes: "はい、引き継ぐ",
  handOverText: "選んだ方が代表者になり、同時にご自身の権限が変わります。",
  handOverLoss: "ご自身では元に戻せません。",
  successor: "新しい代表者",
  choose: "選択してください",
  chooseSuccessor: "新しい代表者を選択してください。",
  optionOf: (name: string, email: string) => `${name}（${email}）`,
  noColleague: "引き継げるメンバーがいません。先にメンバーを招待してください。",
  ownRole: "引き継いだ後のご自身の権限",
  handedOver: (name: string) => ({
    underway: `${name} さんへ代表者を引き継いでいます…`,
    done: `${name} さんへ代表者を引き継ぎました`,
    text: "ご自身の権限も変わりました。お二人にメールでお知らせします。",
  }),
};

const en: typeof ja = {
  changeOne: (name: string) => `Change the role of ${name}?`,
  changeOwn: "Change your own role?",
  changeYes: "Yes, change",
  ownLoss: "You cannot change it back yourself.",
  role: "Role",
  sameRole: "This is the present role. Choose another one.",
  abilities: {
    owner: "May do everything, and change roles.",
    admin: "May invite, suspend, delete and approve members.",
    staff: "Sees the list, and changes their own account.",
  },
  mailed: "The member gets an email.",
  changed: (name: string, role: string) => ({
    underway: `The role of ${name} is being changed…`,
    done: `The role of ${name} is now: ${role}`,
    text: "It holds from the next action on.",
  }),
  handOverQuestion: "Hand over as representative?",
  handOverYes: "Yes, hand over",
  handOverText: "The member that you choose becomes a representative, and your own role changes in the same step.",
  handOverLoss: "You cannot undo this yourself.",
  successor: "New representative",
  choose: "Choose",
  chooseSuccessor: "Choose the new representative.",
  optionOf: (name: string, email: string) => `${name} (${email})`,
  noColleague: "There is no other active member. Invite a colleague first.",
  ownRole: "Your own role afterwards",
  handedOver: (name: string) => ({
    underway: `${name} is becoming a representative…`,
    done: `${name} is now a representative`,
    text: "Your own role has changed too. Both of you get an email.",
  }),
};

export const t = texts({ ja, en });
