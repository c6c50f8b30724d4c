// Passkeys: asks the browser to make one or to show one. Without this file an app does the same.
(() => {
  "use strict";
  const buttons = document.querySelectorAll("button[data-passkey]");
  if (!buttons.length || !window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;

  async function post(url, token, body) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.title);
    return told;
  }

  async function run(button) {
    const { passkey, options, send, token } = button.dataset;
    const asked = await post(options, token, {});
    const credential =
      passkey === "make"
        ? await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
          })
        : await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
          });
    const { to } = await post(send, token, { credential: credential.toJSON() });
    location.assign(to);
  }

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await run(button);
      } catch (error) {
        document.getElementById("passkey-said").textContent =
          error.name === "NotAllowedError" ? button.dataset.stopped : error.message;
        button.disabled = false;
      }
    });
  }
})();
