'use strict'; // without the characters that only HTML allows here
(() => {
  const all = (of, what) => Array.from(of.querySelectorAll(what));
  const words = mark => {
    const title = mark.querySelector('title');
    return title ? title.textContent : '';
  };

  /** Shows what is known of a call, and the attempts that were made for it. */
  const show = mark => {
    const scenario = mark.closest('.scenario');
    all(scenario, '.same').forEach(one => one.classList.remove('same'));
    const id = mark.dataset.id;
    const same = id
      ? all(scenario, '.mark').filter(one => one.dataset.id === id)
      : [mark];
    same.forEach(one => one.classList.add('same'));
    scenario.querySelector('.detail').textContent = same.map(words).join('\n');
  };

  document.addEventListener('mouseover', event => {
    const mark = event.target.closest('.lane .mark');
    if (mark) show(mark);
  });

  /** In a lane that has the focus, arrows go from call to call, in the order of their beginnings. */
  document.addEventListener('keydown', event => {
    const lane = event.target.closest('.lane');
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!lane) return;
    if (!step) return;
    const marks = all(lane, '.mark').sort((a, b) =>
      a.getBoundingClientRect().left - b.getBoundingClientRect().left);
    if (marks.length === 0) return;
    const at = Number(lane.dataset.at === undefined ? -1 : lane.dataset.at);
    const next = Math.max(0, Math.min(marks.length - 1, at + step));
    lane.dataset.at = next;
    show(marks[next]);
    event.preventDefault();
  });

  const fold = open => all(document, '.scenario').forEach(one => { one.open = open; });
  all(document, '[data-fold]').forEach(button =>
    button.addEventListener('click', () => fold(button.dataset.fold === 'open')));

  /** A link to a scenario opens it; on paper all are open. */
  const openLinked = () => {
    const linked = document.getElementById(location.hash.slice(1));
    if (linked) linked.open = true;
  };
  addEventListener('hashchange', openLinked);
  addEventListener('beforeprint', () => all(document, 'details').forEach(one => { one.open = true; }));
  openLinked();
})();
