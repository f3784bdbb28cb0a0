// What the buttons above the text do, as changes of a text: {from, to, insert, select: [a, b]}.

/** Makes the words from `from` to `to` bold, or plain again. */
export function bold(text, from, to) {
  const mark = "**";
  const inside = text.slice(from, to);
  if (text.slice(from - 2, from) === mark && text.slice(to, to + 2) === mark) {
    return { from: from - 2, to: to + 2, insert: inside, select: [from - 2, to - 2] };
  }
  const [, before, words, after] = inside.match(/^(\s*)([^]*?)(\s*)$/);
  const start = from + before.length + 2;
  return {
    from,
    to,
    insert: `${before}${mark}${words}${mark}${after}`,
    select: [start, start + words.length],
  };
}

/** A link with these words; an address with spaces or brackets is put between < and >. */
export function link(words, address) {
  const label = words.replace(/([[\]])/g, "\\$1");
  const target = /[\s()]/.test(address) ? `<${address.replace(/[<>]/g, "")}>` : address;
  return `[${label}](${target})`;
}

/** The link around what is selected, {from, to, words}; null if it is in none. */
export function linkAround(text, from, to) {
  for (const match of text.matchAll(/(?<!!)\[((?:[^[\]\\\n]|\\.)*)\]\((?:<[^<>\n]*>|[^()\s]*)\)/g)) {
    const end = match.index + match[0].length;
    if (match.index <= from && to <= end)
      return { from: match.index, to: end, words: match[1].replace(/\\([[\]])/g, "$1") };
  }
  return null;
}

/** Makes the lines from `from` to `to` a list, or plain lines again. */
export function list(text, from, to) {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const next = text.indexOf("\n", Math.max(from, to));
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split("\n");
  const isList = lines.every((line) => /^\s*[-*+] /.test(line) || !line.trim());
  if (isList && lines.some((line) => line.trim())) {
    const plain = lines.map((line) => line.replace(/^(\s*)[-*+] /, "$1")).join("\n");
    return { from: start, to: end, insert: plain, select: [start, start + plain.length] };
  }
  const marked = lines
    .map((line) => (line.trim() || lines.length === 1 ? `- ${line}` : line))
    .join("\n");
  return asBlock(text, start, end, marked, (at) => [at + marked.length, at + marked.length]);
}

/** An empty table below the line with the cursor; its first heading is selected. */
export function table(text, from, { rows, columns }) {
  const next = text.indexOf("\n", from);
  const end = next < 0 ? text.length : next;
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const numbers = Array.from({ length: columns }, (_, i) => i + 1);
  const block = [
    line(numbers.map((number) => `Heading ${number}`)),
    `|${"---|".repeat(columns)}`,
    ...Array(rows).fill(line(numbers.map(() => ""))),
  ].join("\n");
  return asBlock(text, end, end, block, (at) => [at + 2, at + "| Heading 1".length]);
}

/** Puts Markdown that is a paragraph of its own where the cursor is, but into no other paragraph. */
export const paragraph = (markdown) => (text, from) => {
  const isAtStart = from === 0 || text[from - 1] === "\n";
  const next = text.indexOf("\n", from);
  const at = isAtStart ? from : next < 0 ? text.length : next;
  return asBlock(text, at, at, markdown, (start) => Array(2).fill(start + markdown.length));
};

/** Puts a block between empty lines; `select` says what is selected, from where it begins. */
function asBlock(text, from, to, block, select) {
  const before = text.slice(0, from);
  const after = text.slice(to);
  let lead = "";
  if (before.trim() && !/\n\s*\n$/.test(before)) {
    const isItem = /(^|\n)\s*[-*+] [^\n]*\n$/.test(before) && /^- /.test(block);
    lead = isItem ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  }
  const tail = after.trim() && !/^\n\s*\n/.test(after) ? (after.startsWith("\n") ? "\n" : "\n\n") : "";
  return { from, to, insert: lead + block + tail, select: select(from + lead.length) };
}
