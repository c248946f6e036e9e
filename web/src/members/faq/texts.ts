import { texts } from "../../lib/i18n.svelte";
import type { Group, Question, Words } from "./questions";

const groupsJa: Record<Group, string> = {
  use: "ご利用について",
  account: "アカウントについて",
  company: "社内アカウントについて",
};

const questionsJa: Record<Question, Words> = {
  who: {
    question: "誰が利用できますか",
    answer: [
      "弊社のWEBサービスは、既存のお取引がある事業者（法人・学校などの団体・個人事業主）様のみご利用いただけます。\n既存のお客様はいつでもご登録いただけます。",
      "画面右上にある「ログイン」ボタンから、「新規登録」を選択し、必要事項を入力して送信してください。\n詳細については、お気軽に弊社までお問い合わせください。",
    ],
    link: { text: "新規登録", href: "/register" },
  },
  browsers: {
    question: "利用できるブラウザーはどれですか",
    answer: [
      "PCの場合",
      { points: ["Google Chrome", "Microsoft Edge", "Safari", "Firefox"] },
      "スマートフォンの場合",
      { points: ["Safari", "Google Chrome"] },
      "※ご注意※\nInternet Explorerはサポートしておりません。",
    ],
  },
  personal: {
    question: "個人のメールアドレスで登録できますか",
    answer: [
      "基本的に、お客様の会社または組織で取得しているメールアドレスでの登録をお願いしています。",
      "個人所有のスマートフォンなどのメールアドレスでの登録を希望される場合は、お客様の会社の代表者または責任者からのご許可を確認していただくことが必要です。",
    ],
  },
  address: {
    question: "登録したメールアドレスを忘れました",
    answer: [
      "もし、ご登録いただいたメールアドレスを忘れてしまった場合は、弊社までお気軽にご連絡ください。お調べいたします。",
      "確認のため、ご登録された電話番号でお電話いただけるとスムーズです。",
    ],
    link: { text: "メールアドレスを忘れた場合", href: "/help#address" },
  },
  password: {
    question: "パスワードを忘れました",
    answer: [
      "ご登録いただいたパスワードを忘れてしまった場合は、ログイン画面にある「ログインにお困りの場合」画面から再設定ができます。",
      "セキュリティを確保するため、お客様にご登録いただいたパスワードは暗号化して保管しており、弊社にご連絡いただいても、弊社システム管理者を含む全社員は確認することができません。",
      "※パスワードの再設定には登録済みのメールアドレスが必要になります。受信ができなくなった場合はアカウントの再作成が必要になることがあります。",
    ],
    link: { text: "ログインにお困りの場合", href: "/help" },
  },
  change: {
    question: "アカウント情報を変更できますか",
    answer: [
      "はい、アカウント情報はいつでも変更が可能です。アカウント情報画面にアクセスして、氏名や電話番号などの情報を更新できます。変更を保存した後、新しい情報が反映されます。",
    ],
  },
  delete: {
    question: "アカウントを削除できますか",
    answer: [
      "はい、アカウントの削除は可能です。アカウント情報画面からアカウントの削除ができます。",
      "また、弊社までご連絡いただければ、アカウントを削除いたします。ただし、アカウントを削除すると、過去の履歴やデータなども失われますので、ご注意ください。",
    ],
  },
  several: {
    question: "社内で複数取得したアカウントを確認できますか",
    answer: [
      "社内アカウント管理画面から、複数取得されたアカウントの確認ができます。また、最終利用履歴の確認や社内メンバーアカウントの停止・削除などの操作も可能です。",
    ],
  },
  resume: {
    question: "停止したアカウントを再開できますか",
    answer: [
      "停止したアカウントを再開させたい場合は、弊社までご連絡いただければ、再開のお手続きをいたします。\nお客様のアカウント状況を確認した上で、適切な手続きを進めさせていただきます。",
    ],
    link: { text: "アカウントが停止されている場合", href: "/help#suspended" },
  },
  leaver: {
    question: "退職した社員のアカウントはどうすればよいですか",
    answer: [
      "社内でアカウントを1つしか取得していなかった場合",
      { points: ["弊社までご連絡いただければ削除いたします。"] },
      "社内でアカウントを複数取得していた場合",
      { points: ["社内アカウントメニューから社内メンバーの削除ができます。"] },
    ],
  },
  presence: {
    question: "在席の確認とは何ですか",
    answer: [
      "不正利用防止の為、ログイン時に不定期で在席の確認なども行っております。",
      "会社のメールに届く6桁の確認コードを入力するか、メールのページで画面の2桁の番号を入力してください。",
    ],
    link: { text: "在席確認のメールが届かない場合", href: "/help#presence-mail" },
  },
  seats: {
    question: "何名まで登録できますか",
    answer: [
      "1社あたり、最大10名分のアカウントを作成することができます。\nもし10名を超えるアカウントが必要な場合は、弊社にご相談いただければ個別に対応させていただきます。",
      "複数のアカウントを持つことで、以下のようなメリットがあります。",
      {
        steps: [
          "各担当者ごとに注文履歴や問い合わせ履歴を管理でき、業務効率が向上します。",
          "アカウントを分けることで、進捗状況やコミュニケーションを一元管理できます。",
          "退職者が発生した場合や権限移譲が必要な場合に、アカウントの削除や権限変更が容易に行えます。",
        ],
      },
      "これらの理由から、原則として1名につき1アカウントでの登録をお願いしております。これにより、効率的な業務遂行と適切な情報管理が可能となります。",
    ],
  },
  list: {
    question: "社内でアカウントを取得したメンバーを確認できますか",
    answer: [
      "社内でアカウントを取得したメンバーを確認する方法は以下の通りです。",
      {
        steps: [
          "ログイン後、画面右上のアカウントメニューにアクセスします。",
          "社内アカウント管理のメニューをクリックします。",
          "ここで、登録されている社内メンバーの一覧が表示されます。各メンバーの最終利用日時やアカウントの状態を確認できます。",
        ],
      },
      "また、必要に応じて社内メンバーアカウントの停止・削除などの操作も行えます。",
      "※パスワードは確認することはできません。",
    ],
  },
  remove: {
    question: "不要になった社内メンバーのアカウントを削除できますか",
    answer: [
      "不要になった社内メンバーのアカウントを削除する方法は以下の通りです。",
      {
        steps: [
          "ログイン後、画面右上のアカウントメニューにアクセスします。",
          "社内アカウント管理またはメンバー管理のメニューをクリックします。",
          "登録されている社内メンバーの一覧が表示されます。削除したいメンバーの行にある「削除」または「アカウント削除」ボタンをクリックします。",
          "削除確認のメッセージが表示されるので、確認してから「削除」または「はい」を選択します。",
        ],
      },
      "この操作で、不要な社内メンバーのアカウントを削除できます。ただし、削除後の復元はできませんので、削除操作は慎重に行ってください。",
    ],
  },
};

const groupsEn: Record<Group, string> = {
  use: "Using the service",
  account: "Your account",
  company: "Your company's accounts",
};

const questionsEn: Record<Question, Words> = {
  who: {
    question: "Who can use the service?",
    answer: [
      "Our web service is only for businesses that already trade with us: companies, schools and other organisations, and sole proprietors.\nAs an existing customer you can register at any time.",
      "Press “Sign in” at the top right of the screen, choose “Register”, fill in the form and send it.\nPlease contact us if you would like to know more.",
    ],
    link: { text: "Register", href: "/register" },
  },
  browsers: {
    question: "Which browsers can I use?",
    answer: [
      "On a PC",
      { points: ["Google Chrome", "Microsoft Edge", "Safari", "Firefox"] },
      "On a phone",
      { points: ["Safari", "Google Chrome"] },
      "Please note: Internet Explorer is not supported.",
    ],
  },
  personal: {
    question: "Can I register with a personal email address?",
    answer: [
      "Please register with an address that belongs to your company or organisation.",
      "If you would like to use the address of a phone of your own or another personal address, you need the permission of your company's representative or of the person in charge.",
    ],
  },
  address: {
    question: "I have forgotten the address that I registered",
    answer: [
      "Please contact us, and we will look it up for you.",
      "We need to make sure that it is you: it helps if you call from the telephone number that you registered.",
    ],
    link: { text: "If you have forgotten your address", href: "/help#address" },
  },
  password: {
    question: "I have forgotten my password",
    answer: [
      "Set a new one from “Trouble signing in?” on the sign-in page.",
      "For your security we store passwords in encrypted form. None of our staff can see them, our system administrators included, even if you ask us.",
      "A new password can only be set with the help of your registered address. If you can no longer receive mail there, your account may have to be made anew.",
    ],
    link: { text: "Trouble signing in?", href: "/help" },
  },
  change: {
    question: "Can I change my account details?",
    answer: [
      "Yes, at any time. On the account page you can change your name, your telephone number and other details. What you save shows at once.",
    ],
  },
  delete: {
    question: "Can I delete my account?",
    answer: [
      "Yes, on the account page.",
      "We also delete it for you if you contact us. Please note that your history and your data are lost when your account is deleted.",
    ],
  },
  several: {
    question: "Can we see all the accounts of our company?",
    answer: [
      "Yes, on the page “Company accounts”. It also shows when each account was last used, and lets you suspend and delete your colleagues' accounts.",
    ],
  },
  resume: {
    question: "Can a suspended account be resumed?",
    answer: ["Please contact us, and we will resume it after looking at your company's accounts."],
    link: { text: "If your account is suspended", href: "/help#suspended" },
  },
  leaver: {
    question: "What should we do with the account of someone who has left?",
    answer: [
      "If your company has only this account",
      { points: ["Please contact us, and we will delete it."] },
      "If your company has several accounts",
      { points: ["You can delete it yourselves on the page “Company accounts”."] },
    ],
  },
  presence: {
    question: "What is the presence check?",
    answer: [
      "To prevent misuse, we ask at irregular moments whether you are there when you sign in.",
      "Enter the six-digit code that arrives at your company's address, or open the page in that email and enter the two-digit number from your screen.",
    ],
    link: { text: "If the presence check's email does not arrive", href: "/help#presence-mail" },
  },
  seats: {
    question: "How many people can register?",
    answer: [
      "Each company can have up to 10 accounts.\nIf you need more than 10, please talk to us: we will find a solution for you.",
      "Having several accounts has advantages:",
      {
        steps: [
          "Orders and inquiries are kept for each person in charge, which saves you work.",
          "With separate accounts, progress and communication are managed in one place.",
          "When someone leaves or hands over their work, the account is easily deleted and roles are easily changed.",
        ],
      },
      "This is why we ask, in principle, for one account for each person. It makes your work efficient and keeps your information in order.",
    ],
  },
  list: {
    question: "Can we see which of our colleagues have an account?",
    answer: [
      "This is how you see the members of your company:",
      {
        steps: [
          "After signing in, open the account menu at the top right of the screen.",
          "Choose “Company accounts”.",
          "You see a list of the members of your company, with the last use and the state of each account.",
        ],
      },
      "There you can also suspend and delete your colleagues' accounts.",
      "Passwords cannot be seen.",
    ],
  },
  remove: {
    question: "Can we delete the account of a colleague who no longer needs it?",
    answer: [
      "This is how you delete an account that is no longer needed:",
      {
        steps: [
          "After signing in, open the account menu at the top right of the screen.",
          "Choose “Company accounts”.",
          "You see a list of the members of your company. Press “Delete” in the row of the member.",
          "You are asked to confirm. Read what it says, and press “Yes, delete”.",
        ],
      },
      "A deleted account cannot be restored, so please take care.",
    ],
  },
};

const ja = {
  lead: (vendor: string) =>
    `${vendor || "弊社"}のWEBサービスご利用時のご質問をまとめました。解決しない場合はお気軽にお問い合わせください。`,
  groupsLabel: "質問の分類",
  groups: groupsJa,
  questions: questionsJa,
  search: "キーワードで探す",
  found: (count: number) => `${count}件見つかりました。`,
  noneFound: "該当する質問はありません。ほかの言葉でお試しください。",
  unsolved: "解決しない場合",
};

const en: typeof ja = {
  lead: (vendor: string) =>
    `Questions about ${vendor ? `the web service of ${vendor}` : "our web service"}, with their answers. If yours is not among them, please contact us.`,
  groupsLabel: "Groups of questions",
  groups: groupsEn,
  questions: questionsEn,
  search: "Search by keyword",
  found: (count: number) => (count === 1 ? "1 question found." : `${count} questions found.`),
  noneFound: "No question found. Please try other words.",
  unsolved: "If this does not help",
};

export const t = texts({ ja, en });
