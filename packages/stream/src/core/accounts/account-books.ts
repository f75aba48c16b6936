import type { AccountBook } from "./account-book.ts";

/** Entries that stay decoded, some hundred bytes each. */
const entriesMax = 100_000;

/** The accounts that changed last, decoded: a bounded number of entries, the least recently used are let go. */
export class AccountBooks {
  private readonly books = new Map<number, AccountBook>();
  private entries = 0;

  /** The book of an account that is held; from now on the most recently used. */
  take(account: number): AccountBook | undefined {
    const book = this.books.get(account);
    if (book === undefined) return undefined;
    this.books.delete(account);
    this.books.set(account, book);
    return book;
  }

  /** Holds a book that is not held yet. */
  hold(account: number, book: AccountBook): void {
    this.books.set(account, book);
    this.entries += book.size;
    this.shrink();
  }

  /** Adds up an entry more, of the book that was used last. */
  grow(): void {
    this.entries += 1;
    this.shrink();
  }

  private shrink(): void {
    for (const [account, book] of this.books) {
      if (this.entries <= entriesMax || this.books.size === 1) return;
      this.books.delete(account);
      this.entries -= book.size;
    }
  }
}
