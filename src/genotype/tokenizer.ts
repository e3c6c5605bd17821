/** @file Text → tokens with their places. Pasted text is read, never run. */

/** A text that is no genotype; `line` and `column` count from 1. */
export class GenotypeError extends Error {
  override readonly name = "GenotypeError";
  readonly line: number;
  readonly column: number;
  /** What would have been right at that place. */
  readonly expected: string;

  constructor(at: Place, expected: string, found: string) {
    super(`line ${at.line}, column ${at.column}: expected ${expected}, found ${found}`);
    [this.line, this.column, this.expected] = [at.line, at.column, expected];
  }
}

/** Where something stands; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}
/** A string's `text` is what its quotes hold. */
export interface Token extends Place {
  readonly kind: "name" | "number" | "string" | "mark" | "end";
  readonly text: string;
}

/** More than any genotype needs: 64 nodes with two edges each are some 3,000 characters. */
const longest = 100_000;
const pattern =
  /([A-Za-z_][\w-]*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"([^"\\\r\n]*)"|'([^'\\\r\n]*)'|([()[\]{}=,:|~+])/y;

/** Throws `GenotypeError` at the first character that no format knows. The last token has kind "end". */
function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let [index, line, lineStart] = [0, 1, 0];
  const here = (): Place => ({ line, column: index - lineStart + 1 });
  if (text.length > longest)
    throw new GenotypeError(here(), `at most ${longest} characters`, String(text.length));
  while (index < text.length) {
    const char = text[index] as string;
    if (/\s/.test(char)) {
      index++;
      if (char === "\n") [line, lineStart] = [line + 1, index];
      continue;
    }
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    if (!match)
      throw new GenotypeError(here(), "a name, a number, a string in quotes or a bracket", char);
    const [whole, name, number, double, single, mark] = match;
    const string = double ?? single;
    if (name !== undefined) tokens.push({ kind: "name", text: name, ...here() });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, ...here() });
    else if (string !== undefined) tokens.push({ kind: "string", text: string, ...here() });
    else tokens.push({ kind: "mark", text: mark as string, ...here() });
    index += whole.length;
  }
  tokens.push({ kind: "end", text: "", ...here() });
  return tokens;
}

/** Walks over tokens and says what it expected where it met something else. */
export class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }
  /** The token `ahead` of the next one. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token;
  }
  /** Takes the next token if it is this mark. */
  skip(mark: string): boolean {
    const found = this.peek().kind === "mark" && this.peek().text === mark;
    if (found) this.#next++;
    return found;
  }
  /** Throws `GenotypeError` unless the next token is this mark. */
  mark(mark: string): void {
    if (!this.skip(mark)) this.fail(`"${mark}"`);
  }
  /** Throws `GenotypeError` unless the next token is of this kind. */
  take(kind: Token["kind"], expected: string): Token {
    const token = this.peek();
    if (token.kind !== kind) this.fail(expected);
    this.#next++;
    return token;
  }
  /** Throws `GenotypeError` at `token`. */
  fail(expected: string, token: Token = this.peek()): never {
    const found = token.kind === "end" ? "the end of the text" : `"${token.text.slice(0, 40)}"`;
    throw new GenotypeError(token, expected, found);
  }
}
