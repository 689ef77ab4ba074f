package io.prunella.cli;

/** What a command does; answers how it ends ({@link Exit}). */
interface Action {

    int run();
}
