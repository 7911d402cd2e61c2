/* The console's one script: countdowns, single-letter keys, copying, the editor's caret and replay playback.
   It never builds markup from data: it ticks texts, moves focus and clicks buttons that the server made. */
(() => {
  'use strict';
  if (window.snowgate) { return; }
  const SOON = 5 * 60_000;
  const sg = window.snowgate = { offset: 0, keys: localStorage.getItem('snowgate.keys') !== 'off' };
  const now = () => Date.now() + sg.offset;

  /* ---- countdowns: the server sends the deadline once ---- */
  const pad = n => String(n).padStart(2, '0');
  const clock = ms => {
    const s = Math.max(0, Math.ceil(ms / 1000)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h > 0 ? h + ':' + pad(m) + ':' + pad(s % 60) : pad(m) + ':' + pad(s % 60);
  };
  const tick = () => {
    document.querySelectorAll('[data-deadline]').forEach(el => {
      const left = Number(el.dataset.deadline) - now(), total = Math.max(1, Number(el.dataset.total) || 1);
      const text = el.querySelector('.sg-clock'), ring = el.querySelector('.sg-ring');
      if (text) { const t = clock(left); if (text.textContent !== t) { text.textContent = t; } }
      if (ring) { ring.style.setProperty('--left', Math.min(1, Math.max(0, left / total)).toFixed(3)); }
      const soon = left < SOON;
      if (soon && el.dataset.was === 'later') { el.closest('.sg-entries')?.dispatchEvent(new CustomEvent('sg-soon')); }
      el.dataset.was = soon ? 'soon' : 'later';
      el.classList.toggle('sg-soon', soon);
      if (el.dataset.announce !== undefined) {
        [[SOON, '5 minutes left'], [60_000, '1 minute left']].forEach(([at, words]) => {
          if (left <= at && left > at - 2000 && el.dataset.said !== words) { el.dataset.said = words; sg.say(words); }
        });
      }
    });
  };
  const speak = (id, words) => { const region = document.getElementById(id); if (region) { region.textContent = words; } };
  sg.say = words => speak('sg-live', words);
  sg.alert = words => speak('sg-alert', words);
  /* Arrivals are announced as a count, at most every ten seconds. */
  let arrivals = 0, announced = 0, announcing = 0;
  sg.arrived = n => {
    arrivals = n;
    if (announcing) { return; }
    announcing = setTimeout(() => { announcing = 0; announced = Date.now(); sg.say(arrivals + ' new'); }, Math.max(0, announced + 10_000 - Date.now()));
  };
  sg.sync = serverMillis => { sg.offset = serverMillis - Date.now(); tick(); };
  sg.tick = tick;
  setInterval(tick, 1000);

  /* ---- keys: only outside fields, and they can be switched off ---- */
  const path = e => e.composedPath().filter(n => n instanceof HTMLElement);
  const inField = e => path(e).some(n => /^(INPUT|TEXTAREA|SELECT)$/.test(n.tagName) ? n.type !== 'checkbox' && n.type !== 'radio' && n.type !== 'range' : n.isContentEditable);
  const visible = el => el.offsetParent !== null && !el.disabled;
  const byKey = key => [...document.querySelectorAll('[data-key]')].find(el => el.dataset.key === key && visible(el));
  const move = by => {
    const list = [...document.querySelectorAll('[data-list] [data-item]')].filter(visible);
    const at = list.findIndex(el => el.getAttribute('aria-current') === 'true');
    const next = list[Math.min(list.length - 1, Math.max(0, at + by))];
    if (next) { next.focus(); next.click(); next.scrollIntoView({ block: 'nearest' }); } else { byKey(by > 0 ? 'ArrowRight' : 'ArrowLeft')?.click(); }
  };
  let goUntil = 0;
  document.addEventListener('keydown', e => {
    if (e.isComposing || e.defaultPrevented) { return; }
    if ((e.metaKey || e.ctrlKey) && e.key === 'Enter') {
      const submit = byKey('submit');
      if (submit) { e.preventDefault(); document.activeElement?.blur?.(); setTimeout(() => submit.click(), 0); }
      return;
    }
    if (e.key === 'Escape') {
      const back = byKey('Escape');
      if (back) { back.click(); } else if (inField(e)) { document.activeElement?.blur?.(); }
      return;
    }
    if (e.metaKey || e.ctrlKey || e.altKey || inField(e) || !sg.keys && e.key !== '?') { return; }
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (document.querySelector('vaadin-dialog[opened]') && key !== '?') { return; }
    if (Date.now() < goUntil) {
      goUntil = 0;
      const go = document.querySelector('[data-go="' + CSS.escape(key) + '"]');
      if (go) { e.preventDefault(); (go.querySelector('a') || go.shadowRoot?.querySelector('a') || go).click(); return; }
    }
    if (key === 'g') { goUntil = Date.now() + 1500; return; }
    if (key === '/') { const field = document.querySelector('.sg-search'); if (field) { e.preventDefault(); field.focus(); } return; }
    if (key === 'j' || key === 'k') { e.preventDefault(); move(key === 'j' ? 1 : -1); return; }
    if (key === ' ' && path(e).some(n => n.tagName === 'BUTTON' || n.tagName === 'A' || n.type === 'checkbox')) { return; }
    if (key.startsWith('Arrow') && path(e).some(n => n.type === 'range')) { return; }
    const target = byKey(key);
    if (!target) { return; }
    e.preventDefault();
    if (target.dataset.arm !== undefined) { arm(target); } else { target.click(); }
  });

  /* Arming: while the statement's end is out of view, the key scrolls there instead. Enter then presses the focused button. */
  const arm = button => {
    const end = document.querySelector('.sg-card .sg-statement-end'), scroll = document.querySelector('.sg-card-scroll');
    if (end && end.classList.contains('sg-statement-more')) { end.scrollIntoView({ block: 'nearest' }); end.focus(); return; }
    if (end && scroll) {
      const box = scroll.getBoundingClientRect(), lines = end.closest('.sg-statement-body').getBoundingClientRect(), at = end.getBoundingClientRect();
      if (at.bottom > Math.min(box.bottom, lines.bottom) + 2 || at.top < Math.max(box.top, lines.top) - 2) { end.scrollIntoView({ block: 'nearest' }); return; }
    }
    button.focus();
  };

  document.addEventListener('click', e => {
    const copy = path(e).find(n => n.dataset && n.dataset.copy !== undefined);
    if (!copy) { return; }
    const from = copy.dataset.copy ? document.getElementById(copy.dataset.copy) : null;
    const text = copy.dataset.copyText ?? (copy.dataset.copyAddress !== undefined ? location.href
      : from ? [...from.querySelectorAll('.sg-sql')].map((n, i) => (i && n.dataset.continues === undefined ? '\n' : '') + n.textContent).join('') : '');
    navigator.clipboard?.writeText(text);
    sg.say(from?.querySelector('.sg-statement-more') ? 'Copied the lines that are shown' : 'Copied');
  });
  sg.switchKeys = on => { sg.keys = on; localStorage.setItem('snowgate.keys', on ? 'on' : 'off'); };

  /* ---- replay: runs here, asks the server only when the statement changes ---- */
  let run = null;
  const stop = () => { if (run) { cancelAnimationFrame(run.frame); run = null; } };
  const lanes = () => document.querySelector('.sg-scrub-lanes');
  const place = (host, at) => {
    const svg = host.querySelector('svg'); if (!svg) { return; }
    const data = host.sgTimes; if (!data) { return; }
    const x = xOf(data, at);
    const head = svg.querySelector('.sg-playhead'); if (head) { head.setAttribute('transform', 'translate(' + x.toFixed(1) + ' 0)'); }
    const past = svg.querySelector('.sg-past'); if (past) { past.setAttribute('width', Math.max(0, x - data.from).toFixed(1)); }
    const label = svg.querySelector('.sg-head-time'); if (label) { label.textContent = wall(data, at); }
    const gone = document.querySelector('.sg-gone'); if (gone) { gone.textContent = clock(at * 1000); }
  };
  const xOf = (d, at) => {
    let x = d.segments[0].x;
    for (const s of d.segments) {
      if (at <= s.t) { return s.x; }
      x = at >= s.t2 ? s.x2 : s.x + (s.x2 - s.x) * (at - s.t) / Math.max(1, s.t2 - s.t);
      if (at < s.t2) { return x; }
    }
    return x;
  };
  const wall = (d, at) => {
    const f = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: d.zone, hour12: false });
    return f.format(new Date(d.start + at * 1000));
  };
  const atPointer = (host, e) => {
    const svg = host.querySelector('svg'), d = host.sgTimes; if (!svg || !d) { return -1; }
    const box = svg.getBoundingClientRect(), x = (e.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
    let best = -1, far = Infinity;
    d.moments.forEach((m, i) => { const away = Math.abs(xOf(d, m) - x); if (away < far) { far = away; best = i; } });
    return best;
  };
  sg.scrub = (host, times) => {
    const pending = host.sgAt; host.sgTimes = times; if (pending !== undefined) { times.at = pending; }
    place(host, times.at);
    if (host.sgDrag) { return; }
    host.sgDrag = true;
    let last = -1;
    const drag = e => { const step = atPointer(host, e); if (step >= 0 && step !== last) { last = step; host.sgTimes.at = host.sgTimes.moments[step]; place(host, host.sgTimes.at); host.$server?.reached(step); } };
    host.addEventListener('pointerdown', e => { last = -1; host.setPointerCapture(e.pointerId); drag(e); });
    host.addEventListener('pointermove', e => { if (host.hasPointerCapture(e.pointerId)) { drag(e); } });
  };
  sg.place = (host, at) => { host.sgAt = at; if (host.sgTimes) { host.sgTimes.at = at; if (run) { run.at = Math.max(run.at, at); } place(host, at); } };
  sg.play = (host, speed, skipIdle) => {
    stop();
    const d = host.sgTimes; if (!d) { return; }
    run = { at: d.at, last: performance.now(), step: -1, frame: 0 };
    const frame = t => {
      if (!run || !host.isConnected) { stop(); return; }
      run.at += (t - run.last) / 1000 * speed; run.last = t;
      if (skipIdle) { const idle = d.idle.find(i => run.at > i.t && run.at < i.t2); if (idle) { run.at = idle.t2; } }
      const end = d.end;
      if (run.at > end) { run.at = end; }
      let step = -1; d.moments.forEach((m, i) => { if (m <= run.at) { step = i; } });
      place(host, run.at);
      if (step !== run.step) { const first = run.step === -1; run.step = step; if (!first && step >= 0) { host.$server?.reached(step); host.dispatchEvent(new CustomEvent('sg-reached', { detail: { step } })); } }
      if (run.at >= end) { d.at = end; stop(); host.dispatchEvent(new CustomEvent('sg-ended')); return; }
      d.at = run.at; run.frame = requestAnimationFrame(frame);
    };
    run.frame = requestAnimationFrame(frame);
  };
  sg.pause = stop;
  /* Nobody looks: what arrived may join. */
  document.addEventListener('visibilitychange', () => { if (document.hidden) { document.querySelector('.sg-entries')?.dispatchEvent(new CustomEvent('sg-unused')); } });

  /* The connection to the server itself: old data stays, and says that it is old. */
  const connection = () => window.Vaadin?.connectionState;
  const online = () => {
    const state = connection()?.state, lost = state === 'connection-lost' || state === 'reconnecting';
    document.documentElement.classList.toggle('sg-offline', lost);
    const live = document.querySelector('.sg-live');
    if (live) { if (lost) { live.dataset.since ??= new Date().toTimeString().slice(0, 8); live.setAttribute('title', 'No connection to the console since ' + live.dataset.since); } else { delete live.dataset.since; live.removeAttribute('title'); } }
  };
  const watchConnection = () => { const state = connection(); if (state?.addStateChangeListener) { state.addStateChangeListener(online); } else { setTimeout(watchConnection, 300); } };
  watchConnection();
  document.addEventListener('visibilitychange', () => { if (document.hidden && run) { const host = lanes(); stop(); host?.dispatchEvent(new CustomEvent('sg-ended')); } });
})();
