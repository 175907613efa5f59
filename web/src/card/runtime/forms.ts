// Forms of a frame that cannot submit: the browser does nothing there, not even the checks or the submit event.
// Here they take place as on a real site, and the learner sees what would have been sent.
import type { Runtime } from "./main.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Submitter = HTMLInputElement | HTMLButtonElement;

const REASONS: [keyof ValidityState, string][] = [
  ["valueMissing", "ce champ est obligatoire"],
  ["typeMismatch", "la forme n’est pas la bonne"],
  ["patternMismatch", "la forme n’est pas celle demandée"],
  ["tooShort", "le texte est trop court"],
  ["tooLong", "le texte est trop long"],
  ["rangeUnderflow", "la valeur est trop petite"],
  ["rangeOverflow", "la valeur est trop grande"],
  ["stepMismatch", "cette valeur n’est pas permise"],
  ["badInput", "cette valeur ne se lit pas"],
];

function labelOf(field: Field): string {
  const label = field.labels?.[0]?.textContent?.trim().replace(/\s+/g, " ");
  return `« ${label || field.name || field.id || field.type} »`;
}

function reasonOf(field: Field): string {
  const reason = REASONS.find(([key]) => field.validity[key]);
  return reason ? reason[1] : field.validationMessage;
}

/** What a form would send, passwords hidden. */
function valuesOf(form: HTMLFormElement, submitter?: Submitter): string {
  const pairs = [...new FormData(form, submitter)].map(([name, value]) => {
    const secret = form.querySelector(`[type=password][name="${CSS.escape(name)}"]`);
    return `${name} = ${secret ? "••••" : typeof value === "string" ? value : value.name}`;
  });
  return pairs.join(" ; ") || "aucune valeur (vérifiez les attributs name)";
}

function sendValues({ page, send }: Runtime, form: HTMLFormElement, submitter?: Submitter): void {
  const attribute = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "";
  const method = attribute("method").toLowerCase();
  if (method === "dialog") return form.closest("dialog")?.close(submitter?.value);
  const place = { path: page, line: 0 };
  const how = method === "post" ? "POST" : "GET";
  send({ kind: "notice", text: `Le formulaire envoie (${how}) : ${valuesOf(form, submitter)}`, place });
  if (attribute("action")) send({ kind: "go", text: attribute("action") });
}

function isValid({ page, send }: Runtime, form: HTMLFormElement, submitter?: Submitter): boolean {
  if (form.noValidate || submitter?.formNoValidate || form.reportValidity()) return true;
  const field = [...form.elements].find((one) => (one as Field).willValidate && !(one as Field).validity.valid) as Field | undefined;
  if (field) send({ kind: "notice", text: `Envoi refusé. ${labelOf(field)} : ${reasonOf(field)}.`, place: { path: page, line: 0 } });
  return false;
}

export function watchForms(runtime: Runtime): void {
  const submit = (form: HTMLFormElement, submitter?: Submitter) => {
    if (!isValid(runtime, form, submitter)) return;
    const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: submitter ?? null });
    if (form.dispatchEvent(event)) sendValues(runtime, form, submitter);
  };
  const isSubmitter = (node: EventTarget): node is Submitter =>
    (node instanceof HTMLButtonElement && node.type === "submit") ||
    (node instanceof HTMLInputElement && /^(submit|image)$/.test(node.type));

  addEventListener("click", (event) => {
    const submitter = event.composedPath().find(isSubmitter);
    if (!submitter || submitter.disabled) return;
    runtime.later(() => submitter.form && !event.defaultPrevented && submit(submitter.form, submitter));
  }, true);
  addEventListener("keydown", (event) => {
    const field = event.target;
    // With a submit button, the browser itself clicks on it.
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.form) return;
    if ([...field.form.elements].some(isSubmitter) || /^(button|checkbox|radio|reset)$/.test(field.type)) return;
    const { form } = field;
    runtime.later(() => !event.defaultPrevented && submit(form));
  }, true);
  HTMLFormElement.prototype.requestSubmit = function (submitter) {
    submit(this, (submitter as Submitter | null | undefined) ?? undefined);
  };
  HTMLFormElement.prototype.submit = function () {
    sendValues(runtime, this);
  };
}
