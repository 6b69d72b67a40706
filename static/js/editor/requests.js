// Asks the server. Every answer is { code, ...JSON }; code 0 is a lost network, 401 an ended session.

import { facts } from "editor/facts";

const LOST = { code: 0 };

function token() {
  return document.querySelector("form.draft [name=csrfmiddlewaretoken]").value;
}

async function answerOf(response) {
  if (response.type === "opaqueredirect") return { code: 401 };
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  if (isJson) return { code: response.status, ...(await response.json()) };
  return response.status === 401 ? { code: 401 } : { code: response.status, page: await response.text() };
}

async function ask(address, options) {
  try {
    return await answerOf(await fetch(address, { redirect: "manual", ...options }));
  } catch (fault) {
    if (fault.name === "AbortError") return { code: -1 };
    return LOST;
  }
}

export function get(address, values = {}, signal = undefined) {
  return ask(`${address}?${new URLSearchParams(values)}`, { signal, headers: { Accept: "application/json" } });
}

// `body` is FormData or an object of values. A refused token means that somebody signed in anew: it is fetched once.
export async function post(address, body, signal = undefined) {
  const data = body instanceof FormData ? body : formOf(body);
  data.set("csrfmiddlewaretoken", token());
  const options = { method: "POST", body: data, signal, headers: { Accept: "application/json" } };
  const answer = await ask(address, options);
  if (answer.code !== 403 || !("page" in answer)) return answer;
  if (!(await renewToken())) return { code: 401 };
  data.set("csrfmiddlewaretoken", token());
  return ask(address, options);
}

function formOf(values) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

// Take the token of the page as it would be opened now; false when nobody is signed in.
export async function renewToken() {
  try {
    const response = await fetch(facts.addresses.self, { redirect: "manual" });
    if (!response.ok) return false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("form.draft [name=csrfmiddlewaretoken]")?.value;
    const person = JSON.parse(page.getElementById("editor-facts")?.textContent ?? "{}").person;
    if (!fresh || person !== facts.person) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
    return true;
  } catch {
    return false;
  }
}
