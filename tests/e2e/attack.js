// A script that somebody has put into the site: what it tries is against the document's policy. In: FOREIGN, the origin of
// somebody else. Out: `attempts`, what each try came to, and `violations`, what the browser said of them.

/* global FOREIGN */

window.violations = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.violations.push(effectiveDirective));

const attempt = async (act) => {
  try {
    await act();
    return "done";
  } catch (error) {
    return error.name;
  }
};

window.attempt = async () => ({
  fetch: await attempt(() => fetch(FOREIGN)),
  beacon: await attempt(() => new Promise((done, failed) => {
    const image = Object.assign(new Image(), { onload: done, src: FOREIGN });
    image.onerror = () => failed(new TypeError("no image"));
  })),
  eval: await attempt(() => Function("return 1")()),
  markup: await attempt(() => (document.createElement("p").innerHTML = "<b>markup</b>")),
  script: await attempt(() => (document.createElement("script").src = `${FOREIGN}/script.js`)),
  worker: await attempt(() => new Worker(`${FOREIGN}/worker.js`)),
  policy: await attempt(() => trustedTypes.createPolicy("other", {})),
});
