// What Lab asks of the worker, and what it answers.
import type { Diagnostic } from "./catalogue.ts";

export interface Question {
  id: number;
  source: string; // of a cell
  others: string[]; // of the other code cells of its notebook
}

export interface Answer {
  id: number;
  found: Diagnostic[];
}
