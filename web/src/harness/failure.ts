// Why a test does not pass. `Failure`: the page is not as asked. Anything else that is thrown: the test could not run.
export interface Details {
  expected?: string;
  found?: string;
  where?: string;
  advice?: string;
  score?: number; // part of the points that is earned all the same, 0 to 1
  image?: string; // data: address of a PNG
  alt?: string; // what the image shows
  views?: string[]; // data: addresses of the mock-up, the page and their differences
}

export class Failure extends Error {
  readonly details: Details;

  constructor(message: string, details: Details = {}) {
    super(message);
    this.details = details;
  }
}

/** A test that cannot be carried out; the message is French. */
export class Trouble extends Error {
  readonly details: Details;

  constructor(message: string, details: Details = {}) {
    super(message);
    this.details = details;
  }
}

export function rejectIf(condition: unknown, message: string, advice = ""): void {
  if (condition) throw new Failure(message, { advice });
}
