// After signing in elsewhere the page holds a token that is void; a fresh copy of the page brings a good one.

const FORM = "form:has([data-draft], [data-editor])";

// The new token, put into all forms of the page; undefined where the copy has no such form: nobody is signed in yet.
export async function renew() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector(`${FORM} [name=csrfmiddlewaretoken]`)?.value;
  if (token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  return token;
}
