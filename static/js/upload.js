// Drag and drop, a list of the chosen files, and progress; without this script the form works as it is.

const form = document.querySelector("#upload-form");
const input = form.querySelector("input[type=file]");
const drop = document.querySelector("#drop");
const chosen = document.querySelector("#chosen");
const status = document.querySelector("#upload-status");
const bar = document.querySelector("#upload-progress");
const button = form.querySelector("button[type=submit]");
const limit = Number(form.dataset.maxBytes);
const SHOWN = 12;

drop.querySelector(".drop-hint").hidden = false;

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);

function show() {
  const files = [...input.files];
  const lines = files.slice(0, SHOWN).map((file) => Object.assign(document.createElement("li"), { textContent: `${file.name}, ${size(file.size)}` }));
  if (files.length > SHOWN) lines.push(Object.assign(document.createElement("li"), { textContent: `and ${files.length - SHOWN} more` }));
  chosen.replaceChildren(...lines);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const isTooLarge = total > limit * 0.999;
  status.textContent = isTooLarge ? `These files have ${size(total)} together; ${form.dataset.maxMegabytes} MB are allowed.` : "";
  button.disabled = isTooLarge;
}
input.addEventListener("change", show);

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  show();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.round((100 * loaded) / total);
    status.textContent = loaded < total ? `${bar.value} % uploaded` : "Taking the files in …";
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    fail(new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".error-message, .notice strong")?.textContent);
  });
  request.addEventListener("error", () => fail("The upload did not get through. Check that the site is running and that the files are not too large."));
  bar.hidden = false;
  button.disabled = true;
  request.send(new FormData(form));
});

function fail(message) {
  bar.hidden = true;
  button.disabled = false;
  status.textContent = message || "The upload failed. Try again.";
}
