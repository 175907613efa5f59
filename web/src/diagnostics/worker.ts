// The diagnostics in a worker of their own: Lab's thread never waits for them.
//
//     { id, source, others }  ->  { id, found }
import { diagnose } from "./diagnose.ts";
import type { Answer, Question } from "./protocol.ts";

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  let found: Answer["found"] = [];
  try {
    found = diagnose(data.source, data.others);
  } catch (error) {
    console.error(error); // a mistake of ours is no mistake of the learner's
  }
  postMessage({ id: data.id, found } satisfies Answer);
});
