import { texts } from "../../lib/i18n.svelte";

const ja = {
  question: (name: string) => `${name} さんの部署・役職を変更しますか`,
  text: "社内メンバーの一覧に表示されます。ご本人も、アカウント情報から変更できます。",
  save: "はい、変更する",
  changed: (name: string) => `${name} さんの部署・役職を変更しました`,
};

const en: typeof ja = {
  question: (name: string) => `Change the department and job title of ${name}?`,
  text: "They are shown in the list of members. The person can change them too.",
  save: "Yes, change them",
  changed: (name: string) => `Department and job title of ${name} are changed`,
};

export const t = texts({ ja, en });
