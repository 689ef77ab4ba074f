package io.prunella.compiler.check;

import io.prunella.dsl.ast.Declaration;

/** A declaration and the file that it stands in. */
public record Declared<T extends Declaration>(String file, T declaration) {}
