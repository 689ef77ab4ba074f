package io.prunella.dsl.ast;

/** Anything that stands somewhere in a source file. */
public interface Node {
    Span span();
}
