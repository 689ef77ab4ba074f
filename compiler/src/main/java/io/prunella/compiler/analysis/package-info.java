/** Warns of what is legal and still likely to hurt at 3 a.m. */
@NullMarked
package io.prunella.compiler.analysis;

import org.jspecify.annotations.NullMarked;
