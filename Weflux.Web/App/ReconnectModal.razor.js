const bar = document.getElementById("components-reconnect-modal");

// Reloading while the server is still starting would leave the browser's own error page behind, which never comes back.
async function reload() {
  for (;;) {
    const answer = await fetch("health/live", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) {
      location.reload();
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

const retryWhenSeen = () => {
  if (document.visibilityState === "visible") {
    retry();
  }
};

async function retry() {
  document.removeEventListener("visibilitychange", retryWhenSeen);
  try {
    // False means that the server answers but no longer knows this circuit.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) {
      await reload();
    }
  } catch {
    document.addEventListener("visibilitychange", retryWhenSeen);
  }
}

async function resume() {
  try {
    if (!(await Blazor.resumeCircuit())) {
      await reload();
    }
  } catch {
    bar.classList.replace("components-reconnect-paused", "components-reconnect-resume-failed");
  }
}

bar.addEventListener("components-reconnect-state-changed", ({ detail }) => {
  if (detail.state === "failed") {
    document.addEventListener("visibilitychange", retryWhenSeen);
  } else if (detail.state === "rejected") {
    reload();
  }
});
document.getElementById("components-reconnect-button").addEventListener("click", retry);
document.getElementById("components-resume-button").addEventListener("click", resume);
document.getElementById("weflux-reload-button").addEventListener("click", () => location.reload());
