/** The module that a process runs which names none: aos 2.0.6. */
export const LUA_MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
