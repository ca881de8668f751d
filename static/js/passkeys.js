// Passkeys: the browser is asked, and its answer is sent with the form.
// <form data-passkey="create"> or "get", with <input name="credential">; what to ask stands in the page
// (<script type="application/json" id="passkey-options">) or is fetched from data-passkey-options.
// Everything with data-passkey-only is hidden until this script has found that the browser knows passkeys;
// data-passkey-missing is shown where it does not. Without a script the page offers its other ways.

const known = Boolean(window.PublicKeyCredential && navigator.credentials);

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map((entry) => ({ ...entry, id: bytes(entry.id) }));
  }
  return options;
}

function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  const address = form.dataset.passkeyOptions;
  if (!address) return JSON.parse(document.getElementById("passkey-options").textContent);
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function ask(form) {
  const { creation_options: creation, request_options: request } = await options(form);
  const credential = await (form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: asked(creation) })
    : navigator.credentials.get({ publicKey: asked(request) }));
  form.elements.credential.value = JSON.stringify(answer(credential));
  form.submit();
}

function start(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    const button = form.querySelector("button");
    button.setAttribute("aria-busy", "true");
    // Cancelled, timed out, or no passkey for this site: the reason is the browser's, the other ways are ours.
    ask(form)
      .catch(() => { failed.hidden = false; })
      .finally(() => button.removeAttribute("aria-busy"));
  });
}

document.querySelectorAll("[data-passkey-only]").forEach((part) => { part.hidden = !known; });
document.querySelectorAll("[data-passkey-missing]").forEach((part) => { part.hidden = known; });
if (known) document.querySelectorAll("form[data-passkey]").forEach(start);
