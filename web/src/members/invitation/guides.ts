/** The words of the printed guide: in the reader's language, which may differ from the page's. */
const ja = {
  heading: "WEBサービスのご利用案内",
  company: "会社名",
  site: "サイトのアドレス",
  email: "あなたのメールアドレス",
  first: "はじめに",
  firstSteps: (until: string) => [
    "招待のメールが届きます。届かない場合は、迷惑メールのフォルダーをご確認ください。",
    `メールのURLを開き、氏名と電話番号を入力して「招待を受ける」を押します。${until ? `期限は ${until} です。` : ""}`,
    "続けて、パスワードを設定します。15文字以上にしてください。いくつかの言葉をつなげると、覚えやすくなります。",
  ],
  signIn: "ログインのしかた",
  signInSteps: [
    "上のアドレスを開き、右上の「ログイン」を押します。ブックマークに登録しておくと便利です。",
    "メールアドレスとパスワードを入力して「ログイン」を押します。",
    "在席確認の画面が表示された場合は、届いたメールに従って確認します。",
  ],
  presence: "在席確認とは",
  presenceText:
    "不正利用を防ぐため、ログインの時に、ご本人かどうかを不定期で確認しています。登録のメールアドレスに確認のメールが届きますので、メールにある6桁の確認コードを、ログインしている画面に入力してください。",
  care: "お守りいただきたいこと",
  rules: [
    "パスワードと確認コードは、社内の方にも弊社の担当者にも伝えないでください。電話などでお尋ねすることはありません。",
    "アカウントは1名につき1つです。ほかの方と共用しないでください。",
    "心当たりのない在席確認のメールが届いた場合は、メールのURLを開き、「心当たりがありません」を押してください。",
  ],
  trouble: "お困りの場合",
  troubleText: "パスワードを忘れた場合は、ログイン画面の「ログインにお困りの場合」から再設定できます。",
};

const en: typeof ja = {
  heading: "How to use the web service",
  company: "Company",
  site: "Address of the site",
  email: "Your email address",
  first: "First",
  firstSteps: (until: string) => [
    "You get an email with an invitation. If it does not arrive, look in your spam folder.",
    `Open the link in it, enter your name and phone number, and press “Accept the invitation”.${until ? ` It is valid until ${until}.` : ""}`,
    "Then choose a password of at least 15 characters. Several words in a row are easy to remember.",
  ],
  signIn: "How to sign in",
  signInSteps: [
    "Open the address above and press “Sign in” at the top right. Make a bookmark of it.",
    "Enter your email address and your password, and press “Sign in”.",
    "If the page asks for a presence check, follow the email that arrives.",
  ],
  presence: "What the presence check is",
  presenceText:
    "To prevent misuse, we check from time to time at sign-in that it is really you. An email arrives at your address: enter the code of six digits from it on the page where you are signing in.",
  care: "Please remember",
  rules: [
    "Tell your password and codes to no one, neither colleagues nor the vendor's staff. We never ask for them, on the phone or elsewhere.",
    "Each person has an account of their own. Do not share it.",
    "If a presence check arrives while you are not signing in, open the link in the email and press “This was not me”.",
  ],
  trouble: "If you need help",
  troubleText: "If you forget your password, choose a new one by “Trouble signing in?” on the sign-in page.",
};

export const GUIDES = { ja, en };
