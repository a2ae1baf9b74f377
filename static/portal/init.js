// The design system is a module; modules run in order, so window.DS is there.
window.DS.initAll();
