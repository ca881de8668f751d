// The Markdown of a piece of HTML from the clipboard: a web page, Word, a mail.
// Read by DOMParser, in a document that runs and loads nothing; only words and our own marks come out.

const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "MAIN", "HEADER", "FOOTER", "ASIDE", "NAV", "FIGURE", "ADDRESS", "DL", "DT", "DD", "FORM", "CENTER"]);
const NOTHING = "script, style, noscript, template, meta, title, link, svg, math, iframe, object, button, input, select, textarea, [hidden], [aria-hidden=true]";
const TELLING = "a[href], b, strong, i, em, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, code, table, hr, del, s, [data-style*='mso-list'], [data-style*='font-weight'], [data-style*='font-style']";

// The Markdown, or "" where the plain text says the same.
export function toMarkdown(html) {
  const { body } = new DOMParser().parseFromString(quiet(html), "text/html");
  body.querySelectorAll(NOTHING).forEach((part) => part.remove());
  if (!body.querySelector(TELLING)) return "";
  return tidy(blocks(body));
}

// Nothing runs in such a document; under other names the page's policy need not say so for each attribute.
const quiet = (html) => html.replace(/<[^<>]*>/g, (tag) =>
  tag.replace(/([\s"'/])style\s*=/gi, "$1data-style=").replace(/([\s"'/])on\w+\s*=/gi, "$1data-no="));
const tidy = (text) => text.replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\s+$/g, "");
const styleOf = (element) => element.getAttribute?.("data-style") ?? "";
const isSkipped = (element) => /mso-list:\s*ignore/i.test(styleOf(element));

// What would be taken for a mark is escaped, at the beginning of a line also what begins a list or a heading.
const escaped = (text) => text.replace(/[\\`*_[\]<]/g, "\\$&");
const lineEscaped = (text) => text.replace(/^(\s*)([#>+-]|\d+[.)])(?=\s|$)/, (all, space, mark) =>
  /^\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}` : `${space}\\${mark}`);

function blocks(parent) {
  let out = "", line = "";
  const flush = () => {
    const text = line.replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
    if (text) out += `${text.split("\n").map(lineEscaped).join("  \n")}\n\n`;
    line = "";
  };
  for (const node of parent.childNodes) {
    const block = node.nodeType === Node.ELEMENT_NODE ? blockOf(node) : null;
    if (block === null) line += inline(node);
    else {
      flush();
      // Paragraphs of a Word list follow each other like the items of any list.
      const isItem = isWordItem(node), follows = isItem && isWordItem(node.previousElementSibling);
      out = (follows ? out.replace(/\n+$/, "\n") : out) + block + (isItem ? "\n" : "\n\n");
    }
  }
  flush();
  return out;
}

const isWordItem = (element) => Boolean(element) && element.tagName === "P" && /mso-list:\s*l\d/i.test(styleOf(element));

// The Markdown of a block, null for what is part of a line.
function blockOf(element) {
  const tag = element.tagName;
  if (isWordItem(element)) return wordItem(element);
  if (/^H[1-6]$/.test(tag)) return heading(element, Number(tag[1]));
  if (tag === "UL" || tag === "OL") return list(element);
  if (tag === "BLOCKQUOTE") return prefixed(tidy(blocks(element)), "> ", "> ");
  if (tag === "PRE") return fenced(element.textContent.replace(/\n$/, ""));
  if (tag === "TABLE") return table(element);
  if (tag === "HR") return "---";
  if (BLOCKS.has(tag) || element.querySelector("p, div, ul, ol, table, blockquote, pre, h1, h2, h3, h4")) return blocks(element).trim();
  return null;
}

const prefixed = (text, first, rest) => text.split("\n").map((line, at) => ((at ? rest : first) + line).trimEnd()).join("\n");
const oneLine = (element) => [...element.childNodes].map(inline).join("").replace(/\s+/g, " ").trim();

function heading(element, level) {
  const text = oneLine(element);
  return text && `${"#".repeat(Math.min(level, 4))} ${text}`;
}

function fenced(text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function list(element) {
  let number = Number(element.getAttribute("start")) || 1;
  const items = [...element.children].map((child) => {
    // Some programs put a list directly into a list.
    if (child.tagName !== "LI") return prefixed(tidy(blocks(child.tagName === "UL" || child.tagName === "OL" ? wrapped(child) : child)), "  ", "  ");
    const mark = element.tagName === "OL" ? `${number++}. ` : "- ";
    return prefixed(tidy(blocks(child)).replace(/\n\n(?=\s*(?:[-*]|\d+\.) )/g, "\n"), mark, " ".repeat(mark.length));
  });
  return items.filter((item) => item.trim()).join("\n");
}

function wrapped(child) {
  const around = child.ownerDocument.createElement("div");
  around.append(child.cloneNode(true));
  return around;
}

function wordItem(element) {
  const level = Number(styleOf(element).match(/level(\d)/i)?.[1] ?? 1);
  const bullet = [...element.querySelectorAll("span")].find(isSkipped)?.textContent.trim() ?? "";
  const mark = /^\d+[.)]/.test(bullet) ? `${parseInt(bullet, 10)}. ` : "- ";
  return "  ".repeat(level - 1) + mark + oneLine(element);
}

function table(element) {
  const rows = [...element.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => oneLine(cell).replace(/\|/g, "\\|")));
  const width = Math.max(0, ...rows.map((row) => row.length));
  // One column is a layout, not a table.
  if (width < 2) return [...element.querySelectorAll("td, th")].map((cell) => tidy(blocks(cell))).filter(Boolean).join("\n\n");
  const line = (row) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? "").join(" | ")} |`;
  return [line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n");
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || isSkipped(node)) return "";
  const tag = node.tagName, style = styleOf(node);
  if (tag === "BR") return "\n";
  if (tag === "IMG") return escaped(node.alt ?? "");
  if (tag === "CODE" || tag === "KBD" || tag === "SAMP" || tag === "TT") return coded(node.textContent);
  const inside = [...node.childNodes].map(inline).join("");
  if (tag === "A") return linked(inside, node.getAttribute("href") ?? "");
  if (tag === "DEL" || tag === "S" || tag === "STRIKE") return marked(inside, "~~");
  // Some programs wrap everything in a <b> that is none.
  const weight = style.match(/font-weight:\s*(\w+)/i)?.[1];
  const isBold = weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : tag === "B" || tag === "STRONG";
  const slope = style.match(/font-style:\s*(\w+)/i)?.[1];
  const isItalic = slope ? slope !== "normal" : tag === "I" || tag === "EM" || tag === "CITE";
  const text = isItalic ? marked(inside, "*") : inside;
  return isBold ? marked(text, "**") : text;
}

function marked(text, mark) {
  const [, before, core, after] = text.match(/^(\s*)([\s\S]*?)(\s*)$/);
  return core && !core.includes("\n") ? `${before}${mark}${core}${mark}${after}` : text;
}

function coded(text) {
  const words = text.replace(/\s+/g, " ").trim();
  const mark = words.includes("`") ? "``" : "`";
  return words && `${mark}${mark.length > 1 ? " " : ""}${words}${mark.length > 1 ? " " : ""}${mark}`;
}

function linked(text, href) {
  const words = text.replace(/\s+/g, " ").trim();
  if (!words || !/^(https?:|mailto:)/i.test(href)) return text;
  const address = href.replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `[${words}](${address})`;
}
