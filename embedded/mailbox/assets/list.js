// Keeps the list current while somebody looks at it.
const pause = 1500;

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = document.querySelector("main");
      const next = fresh.querySelector("main");
      if (answer.ok && next && next.textContent !== now.textContent) {
        const focused = document.activeElement?.getAttribute("href");
        now.replaceWith(next);
        document.title = fresh.title;
        if (focused) document.querySelector(`main a[href="${CSS.escape(focused)}"]`)?.focus();
      }
    } catch {
      // The mailbox is stopped or starting again; the next look tells.
    }
  }
  setTimeout(refresh, pause);
}

setTimeout(refresh, pause);
