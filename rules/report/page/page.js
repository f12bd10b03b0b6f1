(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');
  function each(selector, f) { Array.prototype.forEach.call(document.querySelectorAll(selector), f); }
  function language(lang) {
    root.setAttribute('data-lang', lang);
    root.setAttribute('lang', lang === 'en' ? 'en' : 'zh-CN');
    each('[data-set-lang]', function (b) { b.setAttribute('aria-pressed', String(b.getAttribute('data-set-lang') === lang)); });
  }
  function filter(status) {
    each('[data-status]', function (e) { e.hidden = status !== 'all' && e.getAttribute('data-status') !== status; });
    each('[data-set-filter]', function (b) { b.setAttribute('aria-pressed', String(b.getAttribute('data-set-filter') === status)); });
  }
  each('[data-set-lang]', function (b) { b.addEventListener('click', function () { language(b.getAttribute('data-set-lang')); }); });
  each('[data-set-filter]', function (b) { b.addEventListener('click', function () { filter(b.getAttribute('data-set-filter')); }); });
  window.addEventListener('beforeprint', function () {
    filter('all');
  });
  window.addEventListener('hashchange', function () {
    var e = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (e && e.hidden) { filter('all'); e.scrollIntoView(); }
  });
  language(root.getAttribute('data-lang'));
})();
