(() => {
  const known = document.currentScript.dataset.edizione;
  const hear = edition => { if (edition !== known) location.reload(); };
  const tabs = new BroadcastChannel('concilia');
  tabs.onmessage = event => hear(event.data);
  const listen = () => new Promise(() => {
    new EventSource('/_concilia/eventi').onmessage = event => {
      tabs.postMessage(event.data);
      hear(event.data);
    };
  });
  if (navigator.locks) navigator.locks.request('concilia', listen);
  else listen();
})();
