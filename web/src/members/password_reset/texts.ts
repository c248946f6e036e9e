import { texts } from "../../lib/i18n.svelte";

const ja = {
  asked: {
    question: (name: string) => `${name} さんにパスワード再設定メールを送りますか`,
    text: "登録済みのメールアドレスに、新しいパスワードを設定するためのURLをお送りします。URLは30分間使えます。",
    named: "メールには、あなたの氏名と、あなたの依頼であることが書かれます。パスワードを見たり決めたりできるのは、ご本人だけです。",
    yes: "はい、送信する",
    sent: (email: string) => `${email} にパスワード再設定メールをお送りしました`,
    sentText: "ご本人が新しいパスワードを設定するまでは、いまのパスワードで利用できます。",
  },
  forgotten: "パスワードを忘れた場合",
  forgottenText: "ご登録のメールアドレスに、再設定のURLをお送りします。登録の後、パスワードをまだ設定していない場合も、このURLで設定できます。",
  email: "メールアドレス",
  enterEmail: "メールアドレスを入力してください。",
  send: "再設定のメールを送信",
  others: "そのほかの場合",
  address: "メールアドレスを忘れた",
  addressText: [
    "弊社までお気軽にご連絡ください。お調べいたします。確認のため、ご登録された電話番号でお電話いただけるとスムーズです。",
  ],
  mailbox: "メールを受信できなくなった",
  mailboxText: [
    "パスワードの再設定には、登録済みのメールアドレスが必要です。受信ができなくなった場合は、アカウントの再作成が必要になることがあります。会社の代表者または責任者・管理者の方か、弊社までご連絡ください。",
  ],
  suspended: "アカウントが停止されている",
  suspendedText: [
    "弊社までご連絡いただければ、お客様のアカウント状況を確認した上で、再開のお手続きをいたします。停止の理由と会社からの伝言は、正しいパスワードでログインすると表示されます。停止中は、パスワードの再設定のメールは届きません。",
  ],
  newcomer: "まだ登録していない、お取引がない",
  newcomerText: [
    "弊社のWEBサービスは、既存のお取引がある事業者（法人・学校などの団体・個人事業主）様のみご利用いただけます。既存のお客様はいつでもご登録いただけます。",
    "お取引についてのご相談は、弊社までお気軽にご連絡ください。",
  ],
  register: "新規登録",
  presenceMail: "在席確認のメールが届かない",
  presenceMailText: "メールは、ログインの手続き画面から再送できます。それでも届かない場合は、次の内容をご確認ください。",
  phone: "お電話でのお問い合わせ",
  callBack: "ご本人の確認のため、弊社にご登録の電話番号へ折り返しお電話します。パスワードと確認コードをお尋ねすることはありません。",

  sent: "メールをご確認ください",
  sentText: ["", " がご登録のメールアドレスの場合、パスワードの再設定のURLをお送りしました。メールのURLを開いて、新しいパスワードを設定してください。"],
  from: "差出人",
  subject: "件名",
  subjectText: (service: string) => (service ? `【${service}】パスワード再設定のご案内` : "パスワード再設定のご案内"),
  until: "URLの期限",
  untilText: (clock: string) => `${clock}ごろまで（30分間、1回だけ使えます）`,
  notArrived: "メールが届かない場合",
  notArrivedText: [
    "メールアドレスに誤りがないか、ご登録のものと同じかをご確認ください。",
    "10分たっても届かない場合は、もう一度送信してください。",
    "停止中のアカウントには届きません。弊社までご連絡ください。",
  ],
  sendAgain: "もう一度送信",

  spam: "迷惑メールのフォルダーをご確認ください。",
  slow: "会社のメールは、届くまでに数分かかることがあります。",
  allow: (sender: string) =>
    sender
      ? `差出人 ${sender} からのメールを受信できるようにしてください。会社のメールでは、メールを管理している方に許可をご依頼ください。`
      : "弊社からのメールを受信できるようにしてください。会社のメールでは、メールを管理している方に許可をご依頼ください。",
  carriers: "携帯電話会社のメールアドレスでは、差出人を次の設定に登録してください。URLを含むメールを受け取らない設定になっている場合は、受け取る設定に変更してください。",
  docomo: "「メール設定」の「迷惑メール対策」にある「受信リスト設定」",
  au: "「迷惑メールフィルター」の「受信リスト」",
  softbank: "My SoftBankの「迷惑メール対策」にある「受信許可リスト」",

  title: "パスワードの設定",
  lead: (name: string) => `${name} さんのアカウントで使うパスワードを決めてください。`,
  linkUntil: "URLの期限",
  linkUntilEnd: " まで",
  rulesHeading: "決まりは3つです",
  rules: (least: number) => [
    `${least}文字以上（記号や大文字は入れなくてもかまいません）`,
    "氏名・会社名・メールアドレスを含まない",
    "よく使われているパスワードと同じでない",
  ],
  advice: "覚えやすい言葉をいくつか並べると、長くても入力しやすくなります。",
  password: "新しいパスワード",
  enterPassword: "新しいパスワードを入力してください。",
  length: (typed: number, least: number) =>
    typed >= least ? `${typed}文字（${least}文字以上です）` : typed ? `${typed}文字（あと${least - typed}文字）` : `${least}文字以上で入力してください。`,
  longEnough: "必要な文字数に達しました。",
  hiddenFromUs: "弊社の担当者を含め、ほかの方がパスワードを見ることはできません。",
  set: "パスワードを設定",
  invalid: "このURLは使用できません",
  invalidText: [
    "使用済みか、期限が切れているか、URLの一部が欠けています。",
    "パスワードを設定済みの場合は、ログインしてください。まだの場合は、再設定のメールをお送りしますので、届いたURLから設定してください。",
  ],
};

const en: typeof ja = {
  asked: {
    question: (name: string) => `Send ${name} an email for a new password?`,
    text: "We send a link for a new password to the registered address. It is valid for 30 minutes.",
    named: "The email gives your name and says that you asked for it. Only the person can see and choose the password.",
    yes: "Yes, send it",
    sent: (email: string) => `An email for a new password was sent to ${email}`,
    sentText: "Until the person has chosen a new password, the present one works.",
  },
  forgotten: "If you have forgotten your password",
  forgottenText: "We will send a link to your registered address. It lets you set a new password, also if you have registered but not chosen one yet.",
  email: "Email address",
  enterEmail: "Enter your email address.",
  send: "Send the email",
  others: "If it is something else",
  address: "I have forgotten my email address",
  addressText: ["Please contact us, and we will look it up. It helps if you call from the telephone number that you registered."],
  mailbox: "I can no longer receive mail at my address",
  mailboxText: [
    "A new password can only be set with the help of your registered address. Without it your account may have to be made anew. Please ask a representative or an administrator of your company, or contact us.",
  ],
  suspended: "My account is suspended",
  suspendedText: [
    "Please contact us, and we will resume it after looking at your company's accounts. The reason and your company's message are shown when you sign in with the right password. While it is suspended no email for a new password arrives.",
  ],
  newcomer: "I have not registered yet, or am not a customer",
  newcomerText: [
    "Our web service is only for businesses that already trade with us: companies, schools and other organisations, and sole proprietors. As an existing customer you can register at any time.",
    "If you would like to trade with us, please contact us.",
  ],
  register: "Register",
  presenceMail: "The presence check's email does not arrive",
  presenceMailText: "You can have it sent again from the page where you are signing in. If it still does not arrive:",
  phone: "Call us",
  callBack: "To make sure that it is you, we call you back on the number that your company registered with us. We never ask for passwords or codes.",

  sent: "Check your email",
  sentText: ["If ", " is a registered address, we have sent a link to it. Open the link to set a new password."],
  from: "From",
  subject: "Subject",
  subjectText: (service: string) => (service ? `[${service}] Set a new password` : "Set a new password"),
  until: "The link works until",
  untilText: (clock: string) => `about ${clock} (for 30 minutes, once)`,
  notArrived: "If the email does not arrive",
  notArrivedText: [
    "Check that the address has no mistake, and that it is the one you registered.",
    "If it has not arrived after 10 minutes, send it again.",
    "It does not arrive if your account is suspended. Please contact us.",
  ],
  sendAgain: "Send it again",

  spam: "Look in your spam folder.",
  slow: "Company mail may take some minutes to arrive.",
  allow: (sender: string) =>
    `Allow mail from ${sender || "our address"}. For a company address, ask the person who manages your company's mail.`,
  carriers: "For the address of a mobile phone company, add the sender to the setting named below. If mail with links is refused, change that setting so that it is accepted.",
  docomo: "受信リスト設定 (list of accepted senders), under メール設定 and 迷惑メール対策",
  au: "受信リスト (list of accepted senders), under 迷惑メールフィルター",
  softbank: "受信許可リスト (list of accepted senders), under 迷惑メール対策 in My SoftBank",

  title: "Set a password",
  lead: (name: string) => `Choose the password for the account of ${name}.`,
  linkUntil: "Link valid until",
  linkUntilEnd: "",
  rulesHeading: "Three rules",
  rules: (least: number) => [
    `At least ${least} characters (symbols and capitals are not needed)`,
    "Not your name, your company's name or your email address",
    "Not a password that many people use",
  ],
  advice: "Several words that you remember easily make a long password that is easy to type.",
  password: "New password",
  enterPassword: "Enter a new password.",
  length: (typed: number, least: number) =>
    typed >= least ? `${typed} characters: long enough` : typed ? `${typed} characters: ${least - typed} more needed` : `At least ${least} characters`,
  longEnough: "It is long enough.",
  hiddenFromUs: "No other person can see your password, our staff included.",
  set: "Set the password",
  invalid: "This link cannot be used",
  invalidText: [
    "It has been used, has expired, or is not complete.",
    "If you have set your password, sign in. If you have not, we will send you a new email with a link.",
  ],
};

export const t = texts({ ja, en });
