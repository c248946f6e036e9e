// Faults of the page as it stands that axe does not look for, each as a line.
() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const WHOLE = /\d{4}\/\d{2}\/\d{2}( \d{2}:\d{2})?|\b\d{1,2}:\d{2}\b|管理者|代表者/g;
  const room = document.querySelector("dialog:modal") ?? document.body;
  const faults = [];

  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  /** The colour where these lie on each other, the lowest first. */
  const mix = (colours) => {
    for (const colour of ["white", ...colours]) {
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const grounds = (element) =>
    element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const light = (colour) =>
    colour
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const name = (element) =>
    `${element.localName}${element.id && `#${element.id}`} "${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 30)}"`;
  const shown = (element) => {
    const { width, height, bottom, right } = element.getBoundingClientRect();
    return width > 1 && height > 1 && bottom > 0 && right > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const drawnByBrowser = (element) =>
    element.type === "file" ||
    (["checkbox", "radio"].includes(element.type) && getComputedStyle(element).appearance !== "none");

  function judgeEdge(element) {
    const style = getComputedStyle(element);
    const outside = grounds(element.parentElement);
    const ground = mix(outside);
    const edges = ["Top", "Right", "Bottom", "Left"]
      .filter((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0)
      .map((side) => contrast(mix([...outside, style[`border${side}Color`]]), ground))
      .filter((found) => found > 1);
    const best = Math.max(1, ...edges, contrast(mix(grounds(element)), ground));
    const typed = element.matches("input, select, textarea");
    if ((edges.length > 0 || typed) && best < 3) faults.push(`edge ${best.toFixed(2)}:1 of ${name(element)}`);
  }

  /** A link or button within a sentence has the height of its line. */
  function inSentence(element) {
    const around = element.parentElement.textContent.trim().length - element.textContent.trim().length;
    return getComputedStyle(element).display.startsWith("inline") && around > 2;
  }

  function judgeTarget(element) {
    if (inSentence(element)) return;
    const least = innerWidth < 720 ? 44 : 24;
    const parts = ["checkbox", "radio"].includes(element.type) ? [element, ...element.labels] : [element];
    const boxes = parts.map((part) => part.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    if (Math.min(width, height) < least - 0.5) {
      faults.push(`target ${width.toFixed()} x ${height.toFixed()}, less than ${least}: ${name(element)}`);
    }
  }

  for (const element of [...room.querySelectorAll(CONTROLS)].filter(shown)) {
    if (!drawnByBrowser(element)) judgeEdge(element);
    judgeTarget(element);
  }

  const texts = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    for (const { 0: word, index } of text.data.matchAll(WHOLE)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.push(`a line ends within ${word}`);
    }
  }

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth - clientWidth} px wider than the window`);
  if (document.activeElement === document.body) faults.push("nothing has the focus");
  return faults;
}
